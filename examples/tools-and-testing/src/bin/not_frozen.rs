//! `advance` wants a clock that is paused, and `pause` one that is not.

use std::time::Duration;

use tokio::{task, time};

/// The message with which a task panics.
async fn panic_of(future: impl Future<Output = ()> + Send + 'static) -> String {
    let panic = task::spawn(future).await.expect_err("it panics");
    *panic.into_panic().downcast().expect("a text")
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("{}", panic_of(time::advance(Duration::from_secs(60))).await);
    time::pause();
    println!("{}", panic_of(async { time::pause() }).await);
}
