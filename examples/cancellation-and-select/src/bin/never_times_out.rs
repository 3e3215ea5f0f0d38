//! A `timeout` around code that never waits.

use std::thread;
use std::time::Duration;

use tokio::time;

async fn compress() -> &'static str {
    for _ in 0..10 {
        thread::sleep(Duration::from_millis(10)); // stands for computing
    }
    "compressed"
}

#[tokio::main]
async fn main() {
    let limit = Duration::from_millis(1);
    println!("{:?}", time::timeout(limit, compress()).await);
}
