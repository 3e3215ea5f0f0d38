//! A thousand waits of 100 ms on one thread: one after another, then joined.

use std::time::Duration;

use futures::future::join_all;
use tokio::time::{Instant, sleep};

const WAITS: usize = 1000;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let wait = || sleep(Duration::from_millis(100));

    let start = Instant::now();
    for _ in 0..WAITS {
        wait().await;
    }
    println!("in turn: {} ms", start.elapsed().as_millis());

    let start = Instant::now();
    join_all((0..WAITS).map(|_| wait())).await;
    println!("joined: {} ms", start.elapsed().as_millis());
}
