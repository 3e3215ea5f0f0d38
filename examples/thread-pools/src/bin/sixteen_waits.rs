//! Sixteen waits: four at a time on four threads, all at once on one thread.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::Duration;

use thread_pools::ThreadPool;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

const WAIT: Duration = Duration::from_millis(50);

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
            four.wait(); // so that four do wait at once, on any machine
            thread::sleep(WAIT);
            end();
        });
    }
    pool.shutdown();
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn on_one_thread() -> Duration {
    let start = Instant::now();
    let mut waits = JoinSet::new();
    for _ in 0..16 {
        waits.spawn(async {
            begin();
            sleep(WAIT).await;
            end();
        });
    }
    waits.join_all().await;
    start.elapsed()
}

fn main() {
    let start = std::time::Instant::now();
    on_four_threads();
    let four_rounds = start.elapsed() >= 4 * WAIT;
    let most = MOST.swap(0, Ordering::SeqCst);
    println!("four threads: {most} waits at once");
    println!("they take 200 ms or more: {four_rounds}");

    let time = on_one_thread();
    let most = MOST.load(Ordering::SeqCst);
    println!("one thread: {most} waits at once");
    println!("they take {} ms", time.as_millis());
}
