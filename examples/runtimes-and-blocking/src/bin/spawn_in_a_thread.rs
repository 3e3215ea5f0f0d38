//! A thread of std is in no runtime, even beside an async `main`.

use std::thread;

#[tokio::main]
async fn main() {
    // As the thread on which a library calls you back.
    let callback = thread::spawn(|| {
        tokio::spawn(async { println!("saved") });
    });
    let payload = callback.join().expect_err("the thread is in no runtime");
    let message = payload.downcast::<String>().expect("tokio formats it");
    println!("{message}");
}
