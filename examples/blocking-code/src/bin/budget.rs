//! A task that always finds a message, and how many it takes before its neighbor has a turn.

use std::cell::Cell;
use std::rc::Rc;

use tokio::sync::mpsc;
use tokio::task::{self, coop};

/// Receives 1000 messages that are there already, and returns how many of them the task had
/// when its neighbor had its first turn.
async fn greedy(with_budget: bool) -> u32 {
    let (send, mut receive) = mpsc::unbounded_channel();
    for message in 0..1000 {
        send.send(message).expect("the channel is open");
    }
    drop(send);

    let received = Rc::new(Cell::new(0));
    let count = Rc::clone(&received);
    let take_all = async move {
        while receive.recv().await.is_some() {
            count.set(count.get() + 1);
        }
    };
    let taker = if with_budget {
        task::spawn_local(take_all)
    } else {
        task::spawn_local(coop::unconstrained(take_all))
    };
    let neighbor = task::spawn_local(async move { received.get() });
    taker.await.expect("it does not panic");
    neighbor.await.expect("it does not panic")
}

#[tokio::main(flavor = "local")]
async fn main() {
    println!(
        "messages before the neighbor's turn: {}",
        greedy(true).await
    );
    println!("without the budget: {}", greedy(false).await);
}
