//! A `JoinSet` gives the results as they come, and aborts what is left when it is dropped.

use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let mut bids = JoinSet::new();
    for (name, takes) in [("Ada", 300), ("Ben", 100), ("Cem", 200), ("Dee", 900)] {
        bids.spawn(async move {
            time::sleep(Duration::from_millis(takes)).await;
            name
        });
    }
    for _ in 0..3 {
        let bid = bids.join_next().await.expect("four tasks were spawned");
        println!("bid from {}", bid.expect("no bidder panics"));
    }
    println!("closed, left in the set: {}", bids.len());
    drop(bids); // aborts the fourth task
}
