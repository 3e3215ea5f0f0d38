//! `block_on` inside a task panics; `.await` does what was meant.

use std::panic;

use tokio::runtime::Handle;

async fn temperature() -> i32 {
    21
}

/// An ordinary function, deep down in a library say, that needs a value from an async one.
fn temperature_blocking() -> i32 {
    Handle::current().block_on(temperature())
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let payload = panic::catch_unwind(temperature_blocking).expect_err("it panics");
    let message = payload
        .downcast::<&'static str>()
        .expect("panics with a text");
    let first_sentence = message.split_inclusive('.').next();
    println!("{}", first_sentence.expect("a panic says why"));

    println!("awaited: {}", temperature().await);

    // Where the ordinary function can't be changed: on a thread that may block.
    let degrees = tokio::task::spawn_blocking(temperature_blocking);
    println!(
        "on a blocking thread: {}",
        degrees.await.expect("it does not panic")
    );
}
