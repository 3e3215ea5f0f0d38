//! One thread and an actor for each client: a task with a mailbox.

use choosing_a_model::{CLIENTS, Trial, answer, price};
use tokio::sync::{mpsc, oneshot};
use tokio::task;

/// The one message that a client understands.
struct Price {
    price: u64,
    reply: oneshot::Sender<u64>,
}

async fn client(number: u64, trial: Trial, mut mailbox: mpsc::Receiver<Price>) {
    let mut wait = Some(trial.begin_wait());
    while let Some(Price { price, reply }) = mailbox.recv().await {
        wait.take(); // over with the first message
        // An asker that has gone away needs no answer.
        let _ = reply.send(answer(number, price));
    }
}

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() {
    let trial = Trial::start();
    let mut addresses = Vec::new();
    for number in 0..CLIENTS {
        let (address, mailbox) = mpsc::channel(1);
        addresses.push(address);
        task::spawn(client(number, trial.clone(), mailbox));
    }
    while trial.waiting() < CLIENTS {
        task::yield_now().await; // every actor runs to its empty mailbox
    }
    trial.measure(CLIENTS);
    let mut pending = Vec::new();
    for (number, address) in (0..CLIENTS).zip(&addresses) {
        let (reply, answer) = oneshot::channel();
        let price = price(number);
        let message = Price { price, reply };
        address.send(message).await.expect("every actor runs");
        pending.push(answer);
    }
    let mut answers = Vec::new();
    for answer in pending {
        answers.extend(answer.await.ok());
    }
    trial.finish(answers);
}
