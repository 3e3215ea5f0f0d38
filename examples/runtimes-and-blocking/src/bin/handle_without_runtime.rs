//! A handle that has outlived its runtime.

use std::thread;
use std::time::Duration;

use tokio::runtime::{Handle, Runtime};
use tokio::time;

fn start_runtime() -> Handle {
    let runtime = Runtime::new().expect("a runtime needs a few threads");
    runtime.handle().clone()
} // here the runtime is dropped

fn main() {
    let handle = start_runtime();
    let nap = async { time::sleep(Duration::from_millis(1)).await };
    let panicked = thread::spawn(move || handle.block_on(nap)).join();
    let payload = panicked.expect_err("the runtime is gone");
    let message = payload.downcast::<String>().expect("tokio formats it");
    println!("{message}");
}
