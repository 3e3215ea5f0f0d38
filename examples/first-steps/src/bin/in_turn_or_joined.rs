//! Two stations answer after 100 and 150 ms: awaited in turn, then joined.

use std::time::Duration;

use tokio::time::{self, Instant};

async fn temperature(station: &str, takes: u64, start: Instant) -> i32 {
    println!("{:>5} ms  ask {station}", start.elapsed().as_millis());
    time::sleep(Duration::from_millis(takes)).await;
    println!("{:>5} ms  {station} answers", start.elapsed().as_millis());
    21
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    println!("in turn");
    let start = Instant::now();
    let harbor = temperature("harbor", 100, start);
    let summit = temperature("summit", 150, start);
    let sum = harbor.await + summit.await;
    println!("{:>5} ms  both, sum {sum}", start.elapsed().as_millis());

    println!("joined");
    let start = Instant::now();
    let harbor = temperature("harbor", 100, start);
    let summit = temperature("summit", 150, start);
    let (harbor, summit) = tokio::join!(harbor, summit);
    let sum = harbor + summit;
    println!("{:>5} ms  both, sum {sum}", start.elapsed().as_millis());
}
