//! tokio's semaphore serves its waiters in order: a large request holds up a small one.

use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep};

async fn job(memory: &Semaphore, name: &str, comes: u64, wants: u32, works: u64) {
    let start = Instant::now();
    let now = || start.elapsed().as_secs();

    sleep(Duration::from_secs(comes)).await;
    let free = memory.available_permits();
    println!("{:2} s: {name} asks for {wants}, {free} free", now());

    let permits = memory.acquire_many(wants).await.expect("it stays open");
    println!("{:2} s: {name} has {wants}", now());

    sleep(Duration::from_secs(works)).await;
    drop(permits);
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let memory = Semaphore::new(3);
    tokio::join!(
        job(&memory, "index", 0, 2, 10),
        job(&memory, "backup", 1, 3, 5),
        job(&memory, "query", 2, 1, 1),
    );
}
