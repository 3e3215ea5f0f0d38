//! A future that is polled again after its end.

use std::pin::pin;
use std::time::Duration;

use tokio::{task, time};

async fn connect() {
    time::sleep(Duration::from_millis(10)).await;
}

async fn watch() {
    let mut connected = pin!(connect());
    let mut tick = time::interval(Duration::from_millis(100));
    loop {
        tokio::select! {
            () = &mut connected => {} // done, and still there in the next round
            _ = tick.tick() => {}
        }
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let error = task::spawn(watch()).await.expect_err("it panics");
    let message = error.into_panic().downcast::<&str>();
    println!("{}", message.expect("panics with a text"));
}
