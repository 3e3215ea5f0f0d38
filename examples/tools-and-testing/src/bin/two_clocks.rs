//! Only tokio's clock is paused and moved: that of std goes on as ever.

use std::time::{self, Duration};

use tokio::time::{Instant, sleep};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let hour = Duration::from_secs(3600);
    let (of_std, of_tokio) = (time::Instant::now(), Instant::now());
    sleep(hour).await;
    println!("an hour, says std: {}", of_std.elapsed() >= hour);
    println!("an hour, says tokio: {}", of_tokio.elapsed() >= hour);
}
