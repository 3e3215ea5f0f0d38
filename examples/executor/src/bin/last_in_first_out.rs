//! The task that was woken last goes first, in a worker of tokio's multi-threaded runtime.

use std::sync::mpsc;

use tokio::task;

async fn in_which_order() -> Vec<u32> {
    let (send, order) = mpsc::channel();
    let spawn_three = task::spawn(async move {
        for number in 1..=3 {
            let send = send.clone();
            task::spawn(async move { send.send(number) });
        }
    });
    spawn_three.await.expect("it does not panic");
    task::spawn_blocking(move || order.iter().collect())
        .await
        .expect("it does not panic")
}

fn main() {
    let current = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("this runtime needs no threads");
    println!("current_thread: {:?}", current.block_on(in_which_order()));

    let multi = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .build()
        .expect("a runtime needs a thread");
    println!("multi_thread: {:?}", multi.block_on(in_which_order()));
}
