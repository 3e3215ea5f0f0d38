//! A thread for each client.

use std::sync::mpsc;
use std::thread;

use choosing_a_model::{CLIENTS, Trial, answer, price};

pub(crate) fn main() {
    let trial = Trial::start();
    let mut replies = Vec::new();
    let mut clients = Vec::new();
    for client in 0..CLIENTS {
        let (reply, inbox) = mpsc::channel();
        replies.push(reply);
        let trial = trial.clone();
        clients.push(thread::spawn(move || {
            let wait = trial.begin_wait();
            let price = inbox.recv().expect("main replies to every client");
            drop(wait);
            answer(client, price)
        }));
    }
    trial.measure(CLIENTS);
    for (client, reply) in (0..CLIENTS).zip(replies) {
        reply.send(price(client)).expect("every client waits");
    }
    trial.finish(clients.into_iter().filter_map(|client| client.join().ok()));
}
