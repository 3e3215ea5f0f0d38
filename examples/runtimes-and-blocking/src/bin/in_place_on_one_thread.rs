//! `block_in_place` on a runtime that has one thread.

use std::panic;

use tokio::task;

#[tokio::main(flavor = "current_thread")] // as `#[tokio::test]` has it
async fn main() {
    let panicked = panic::catch_unwind(|| task::block_in_place(|| "compressed"));
    let payload = panicked.expect_err("this runtime has one thread");
    let message = payload.downcast::<String>().expect("tokio formats it");
    println!("{message}");
}
