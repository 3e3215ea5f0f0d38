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

/// A tenth of the work.
fn compute() -> u64 {
    (0..100_000_u64).fold(7, |sum, n| hint::black_box(sum.wrapping_mul(31) ^ n))
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    task::spawn(neighbor());
    task::yield_now().await; // it begins

    let before = turns();
    for _ in 0..10 {
        compute();
    }
    println!("in the task: {} turns", turns() - before);

    let before = turns();
    for _ in 0..10 {
        compute();
        task::yield_now().await;
    }
    println!(
        "with ten yields: ten turns or more: {}",
        turns() - before >= 10
    );

    let before = turns();
    let work = task::spawn_blocking(move || {
        for _ in 0..10 {
            compute();
        }
        while turns() < before + 1000 {
            hint::spin_loop(); // the work is not over before the neighbor's thousandth turn
        }
    });
    work.await.expect("the work does not panic");
    println!(
        "on another thread: 1000 turns or more: {}",
        turns() - before >= 1000
    );
}
