//! `block_in_place` turns a worker into a thread that may block, if there are other workers.

use std::panic;
use std::sync::mpsc;

use tokio::runtime::Builder;
use tokio::task;

async fn wait_for_another_task() -> u32 {
    let (send, receive) = mpsc::channel();
    task::spawn(async move { send.send(21).expect("the other task waits") });
    // Blocks until the other task has run: on which thread?
    task::block_in_place(|| receive.recv().expect("the other task sends"))
}

fn main() {
    let one_worker = Builder::new_multi_thread()
        .worker_threads(1)
        .build()
        .expect("a runtime needs a few threads");
    let answer = one_worker.block_on(async { task::spawn(wait_for_another_task()).await });
    println!("multi_thread: {}", answer.expect("it does not panic"));

    let current_thread = Builder::new_current_thread()
        .build()
        .expect("this runtime needs no threads");
    let result = panic::catch_unwind(|| current_thread.block_on(wait_for_another_task()));
    let payload = result.expect_err("it panics");
    // tokio formats this message: so it is a String.
    let message = payload.downcast::<String>().expect("panics with a text");
    println!("current_thread: {message}");
}
