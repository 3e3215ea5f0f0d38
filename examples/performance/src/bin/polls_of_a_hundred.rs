//! Counts the polls of a hundred futures that become ready one by one.

use std::cell::Cell;
use std::future::poll_fn;
use std::pin::Pin;

use futures::future::select_all;
use futures::stream::{FuturesUnordered, StreamExt};
use tokio::sync::oneshot;
use tokio::task;

type Answer<'a> = Pin<Box<dyn Future<Output = u32> + 'a>>;

/// A hundred answers that come in turn, the last one first, and count in `polls`.
fn ask(polls: &Cell<u32>) -> impl Iterator<Item = Answer<'_>> {
    let (senders, receivers): (Vec<_>, Vec<_>) = (0..100).map(|_| oneshot::channel()).unzip();
    task::spawn(async move {
        for sender in senders.into_iter().rev() {
            sender.send(20).expect("main waits");
            task::yield_now().await;
        }
    });
    receivers.into_iter().map(move |mut receiver| {
        let counted = poll_fn(move |context| {
            polls.set(polls.get() + 1);
            Pin::new(&mut receiver).poll(context)
        });
        let answer: Answer<'_> = Box::pin(async { counted.await.expect("an answer comes") });
        answer
    })
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let polls = Cell::new(0);

    let mut open: Vec<_> = ask(&polls).collect();
    while !open.is_empty() {
        (_, _, open) = select_all(open).await;
    }
    println!("select_all in a loop: {} polls", polls.take());

    let mut open: FuturesUnordered<_> = ask(&polls).collect();
    while open.next().await.is_some() {}
    println!("FuturesUnordered: {} polls", polls.take());
}
