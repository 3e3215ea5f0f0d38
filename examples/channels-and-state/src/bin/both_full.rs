//! Two tasks that each wait for room in a channel that the other one reads.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::timeout;

async fn kitchen(mut orders: mpsc::Receiver<u32>, dishes: mpsc::Sender<u32>) {
    while let Some(table) = orders.recv().await {
        dishes.send(table).await.expect("the waiter is there");
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let (to_kitchen, orders) = mpsc::channel(2);
    let (to_waiter, mut dishes) = mpsc::channel(2);
    tokio::spawn(kitchen(orders, to_waiter));

    let waiter = async {
        for table in 1..=10 {
            to_kitchen.send(table).await.expect("the kitchen is open");
        }
        for _ in 1..=10 {
            dishes.recv().await;
        }
    };
    if timeout(Duration::from_secs(3600), waiter).await.is_err() {
        println!("after an hour, send still waits");
    }
}
