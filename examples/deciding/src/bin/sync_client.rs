//! A blocking client that has a runtime inside, used in a task: dropping it panics.

use std::panic;

use tokio::runtime::{Builder, Runtime};

/// A blocking client around an async one, as libraries offer them to threads.
struct PriceClient {
    runtime: Runtime,
}

impl PriceClient {
    fn new() -> std::io::Result<Self> {
        let runtime = Builder::new_current_thread().build()?;
        Ok(Self { runtime })
    }

    fn price(&self, lamps: u32) -> u32 {
        self.runtime.block_on(async { 20 * lamps })
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let client = PriceClient::new()?;
    println!("made in a task");
    let dropped = panic::catch_unwind(|| drop(client));
    let payload = dropped.expect_err("it panics");
    let message = payload
        .downcast::<&'static str>()
        .expect("panics with a text");
    println!("{message}");

    // Made, used and dropped on a thread that may block, it works.
    let price = tokio::task::spawn_blocking(|| Ok(PriceClient::new()?.price(3)));
    let price: std::io::Result<u32> = price.await.expect("it does not panic");
    println!("on a blocking thread: {}", price?);
    Ok(())
}
