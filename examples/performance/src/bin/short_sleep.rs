//! tokio's timers count in whole milliseconds.

use std::time::Duration;

use tokio::time::{Instant, sleep};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    for micros in [100, 1000, 1001] {
        let start = Instant::now();
        sleep(Duration::from_micros(micros)).await;
        let slept = start.elapsed().as_micros();
        println!("asked for {micros} µs, slept for {slept} µs");
    }
}
