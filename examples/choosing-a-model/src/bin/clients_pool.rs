//! A pool of eight threads, and a job for each client.

use std::sync::mpsc;

use choosing_a_model::{CLIENTS, Trial, answer, price};
use thread_pools::ThreadPool;

const WORKERS: usize = 8;

pub(crate) fn main() {
    let trial = Trial::start();
    let pool = ThreadPool::new(WORKERS, CLIENTS as usize);
    let mut replies = Vec::new();
    let mut clients = Vec::new();
    for client in 0..CLIENTS {
        let (reply, inbox) = mpsc::channel();
        replies.push(reply);
        let trial = trial.clone();
        clients.push(pool.submit(move || {
            let wait = trial.begin_wait();
            let price = inbox.recv().expect("main replies to every client");
            drop(wait);
            answer(client, price)
        }));
    }
    trial.measure(WORKERS as u64);
    for (client, reply) in (0..CLIENTS).zip(replies) {
        reply.send(price(client)).expect("every client is there");
    }
    trial.finish(clients.into_iter().filter_map(|client| client.join().ok()));
}
