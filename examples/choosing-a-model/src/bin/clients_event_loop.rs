//! One thread, an event loop, and a callback for each client.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::mpsc;

use choosing_a_model::{CLIENTS, Trial, answer, price};

type Callback = Box<dyn FnOnce(u64)>;

pub(crate) fn main() {
    let trial = Trial::start();
    let answers = Rc::new(RefCell::new(Vec::new()));
    let mut callbacks: HashMap<u64, Callback> = HashMap::new();
    for client in 0..CLIENTS {
        let wait = trial.begin_wait();
        let answers = Rc::clone(&answers);
        let on_price = move |price| {
            drop(wait);
            answers.borrow_mut().push(answer(client, price));
        };
        callbacks.insert(client, Box::new(on_price));
    }
    trial.measure(CLIENTS);

    let (exchange, events) = mpsc::channel();
    for client in 0..CLIENTS {
        exchange
            .send((client, price(client)))
            .expect("the loop is there");
    }
    drop(exchange);
    for (client, price) in events {
        let on_price = callbacks.remove(&client).expect("every client waits");
        on_price(price);
    }
    trial.finish(answers.take());
}
