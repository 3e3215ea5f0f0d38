//! Ten downloads on one thread: one after another, then all at once.

use std::collections::HashSet;
use std::thread::{self, ThreadId};
use std::time::Duration;

use tokio::time::{Instant, sleep};

const DOWNLOADS: u32 = 10;
const LATENCY: Duration = Duration::from_millis(100);

/// Waits for a server. Says how long that took and which thread went on.
async fn download() -> (Duration, ThreadId) {
    let start = Instant::now();
    sleep(LATENCY).await; // stands for the server
    (start.elapsed(), thread::current().id())
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    for _ in 0..DOWNLOADS {
        download().await;
    }
    let in_turn = start.elapsed();
    println!("one after another: {} ms", in_turn.as_millis());

    let start = Instant::now();
    let tasks: Vec<_> = (0..DOWNLOADS).map(|_| tokio::spawn(download())).collect();
    let mut threads = HashSet::new();
    for task in tasks {
        let (took, thread) = task.await.expect("no download panics");
        assert_eq!(took, LATENCY);
        threads.insert(thread);
    }
    let at_once = start.elapsed();
    println!("all at once: {} ms", at_once.as_millis());
    println!("threads: {}", threads.len());

    assert_eq!(in_turn, DOWNLOADS * at_once);
}
