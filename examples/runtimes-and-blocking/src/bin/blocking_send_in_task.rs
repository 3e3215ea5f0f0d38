//! `blocking_send` in a task panics, whether or not there is room.

use tokio::sync::mpsc;
use tokio::task;

#[tokio::main]
async fn main() {
    let (orders, _kitchen) = mpsc::channel(8);
    let waiter = task::spawn(async move { orders.blocking_send("soup") });
    let error = waiter.await.expect_err("a task must not block");
    let message = error.into_panic().downcast::<String>();
    println!("{}", message.expect("tokio formats it"));
}
