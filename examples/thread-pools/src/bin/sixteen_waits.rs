//! Sixteen waits: four at a time on four threads, all at once on one thread.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use std::time::Duration;

use thread_pools::ThreadPool;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

/// How many wait now, and how many did at most.
static WAITING: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

fn begin() {
    let now = WAITING.fetch_add(1, Ordering::SeqCst) + 1;
    MOST.fetch_max(now, Ordering::SeqCst);
}

fn end() {
    WAITING.fetch_sub(1, Ordering::SeqCst);
}

fn on_four_threads() {
    let pool = ThreadPool::new(4, 16);
    let four = Arc::new(Barrier::new(4));
    for _ in 0..16 {
        let four = Arc::clone(&four);
        pool.submit(move || {
            begin();
            four.wait(); // an answer comes when four wait for one
            end();
        });
    }
    pool.shutdown();
}

async fn on_one_thread() {
    let mut waits = JoinSet::new();
    for _ in 0..16 {
        waits.spawn(async {
            begin();
            sleep(Duration::from_millis(50)).await;
            end();
        });
    }
    waits.join_all().await;
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    on_four_threads();
    println!(
        "four threads: {} waits at once",
        MOST.swap(0, Ordering::SeqCst)
    );

    let start = Instant::now();
    on_one_thread().await;
    println!("one thread: {} waits at once", MOST.load(Ordering::SeqCst));
    println!("all over after {} ms", start.elapsed().as_millis());
}
