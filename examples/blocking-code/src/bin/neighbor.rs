//! A task that counts its turns, beside a computation in three places.

use std::hint;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::task;

static TURNS: AtomicU64 = AtomicU64::new(0);

async fn neighbor() {
    loop {
        TURNS.fetch_add(1, Ordering::Relaxed);
        task::yield_now().await;
    }
}

fn turns() -> u64 {
    TURNS.load(Ordering::Relaxed)
}

/// A hundredth of the work.
fn compute() -> u64 {
    // `black_box` keeps the compiler from computing the sum beforehand.
    (0..10_000_u64).fold(7, |sum, n| hint::black_box(sum.wrapping_mul(31) ^ n))
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    task::spawn(neighbor());
    task::yield_now().await; // it begins

    let before = turns();
    for _ in 0..100 {
        compute();
    }
    println!("in main: {} turns", turns() - before);

    let before = turns();
    for _ in 0..100 {
        compute();
        task::yield_now().await;
    }
    println!(
        "with 100 yields: 100 turns or more: {}",
        turns() - before >= 100
    );

    let before = turns();
    let work = task::spawn_blocking(move || {
        for _ in 0..100 {
            compute();
        }
        // The work is not over before the neighbor's thousandth turn.
        while turns() < before + 1000 {
            hint::spin_loop(); // tells the core that this loop only waits
        }
    });
    work.await.expect("the work does not panic");
    println!(
        "on another thread: 1000 turns or more: {}",
        turns() - before >= 1000
    );
}
