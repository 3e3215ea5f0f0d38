//! One thread and a stackful coroutine for each client.

use choosing_a_model::{CLIENTS, Trial, answer, price};
use corosensei::{Coroutine, CoroutineResult, Yielder};

/// What a coroutine is resumed with: nothing yet, or its price.
type Reply = Option<u64>;

/// An ordinary function, called by the coroutine: it suspends the whole stack below it.
fn wait_for_price(trial: &Trial, exchange: &Yielder<Reply, ()>) -> u64 {
    let _wait = trial.begin_wait(); // a name, so that it lives to the end
    exchange.suspend(()).expect("main replies to every client")
}

pub(crate) fn main() {
    let trial = Trial::start();
    let mut clients = Vec::new();
    for client in 0..CLIENTS {
        let trial = trial.clone();
        let mut coroutine = Coroutine::new(move |exchange: &Yielder<Reply, ()>, _| {
            answer(client, wait_for_price(&trial, exchange))
        });
        coroutine.resume(None); // runs to its wait
        clients.push(coroutine);
    }
    trial.measure(CLIENTS);
    let mut answers = Vec::new();
    for (client, mut coroutine) in (0..CLIENTS).zip(clients) {
        if let CoroutineResult::Return(answer) = coroutine.resume(Some(price(client))) {
            answers.push(answer);
        }
    }
    trial.finish(answers);
}
