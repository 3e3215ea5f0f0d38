//! Requests through one channel, each with the sender of a channel for its reply.

use std::collections::BTreeMap;

use tokio::sync::{mpsc, oneshot};

struct Question {
    word: &'static str,
    reply: oneshot::Sender<Option<u32>>,
}

/// Owns the table: nobody else can reach it, so it needs no lock.
async fn prices(mut questions: mpsc::Receiver<Question>) {
    let table = BTreeMap::from([("bread", 3), ("cheese", 7)]);
    while let Some(Question { word, reply }) = questions.recv().await {
        // Whoever has stopped waiting needs no answer.
        let _ = reply.send(table.get(word).copied());
    }
}

async fn ask(shop: &mpsc::Sender<Question>, word: &'static str) -> Option<u32> {
    let (reply, answer) = oneshot::channel();
    let question = Question { word, reply };
    shop.send(question).await.expect("the shop is open");
    answer.await.expect("the shop answers every question")
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (shop, questions) = mpsc::channel(8);
    tokio::spawn(prices(questions));
    let (bread, cake) = tokio::join!(ask(&shop, "bread"), ask(&shop, "cake"));
    println!("bread: {bread:?}, cake: {cake:?}");
}
