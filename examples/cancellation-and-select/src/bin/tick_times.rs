//! When an `interval` ticks, if one round is slow.

use std::time::Duration;

use tokio::time::{self, Instant};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let mut every_second = time::interval(Duration::from_secs(1));
    let mut times = Vec::new();
    for round in 0..7 {
        every_second.tick().await;
        times.push(start.elapsed().as_millis());
        if round == 1 {
            time::sleep(Duration::from_millis(3500)).await; // one slow round
        }
    }
    println!("ticks after {times:?} ms");
}
