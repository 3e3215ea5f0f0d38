//! One thread and an async task for each client.

use choosing_a_model::{CLIENTS, Trial, answer, price};
use tokio::sync::oneshot;
use tokio::task;

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() {
    let trial = Trial::start();
    let mut replies = Vec::new();
    let mut clients = Vec::new();
    for client in 0..CLIENTS {
        let (reply, inbox) = oneshot::channel();
        replies.push(reply);
        let trial = trial.clone();
        clients.push(task::spawn(async move {
            let wait = trial.begin_wait();
            let price = inbox.await.expect("main replies to every client");
            drop(wait);
            answer(client, price)
        }));
    }
    while trial.waiting() < CLIENTS {
        task::yield_now().await; // every task runs to its wait
    }
    trial.measure(CLIENTS);
    for (client, reply) in (0..CLIENTS).zip(replies) {
        reply.send(price(client)).expect("every client waits");
    }
    let mut answers = Vec::new();
    for client in clients {
        answers.extend(client.await.ok());
    }
    trial.finish(answers);
}
