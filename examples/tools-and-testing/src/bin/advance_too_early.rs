//! A timer counts from the moment that it is made, which is not that of `spawn`.

use std::time::Duration;

use tokio::time::{self, Instant, sleep};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let reminder = tokio::spawn(async { sleep(Duration::from_secs(10)).await });
    time::advance(Duration::from_secs(10)).await;
    println!("after 10s, reminded: {}", reminder.is_finished());
    reminder.await.expect("it does not panic");
    println!("reminded after {:?}", start.elapsed());
}
