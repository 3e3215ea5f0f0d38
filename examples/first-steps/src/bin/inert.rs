//! Counts how often the body of an `async fn` has begun, and how often a function that returns a
//! future has.

use std::sync::atomic::{AtomicU32, Ordering};

static BEGUN: AtomicU32 = AtomicU32::new(0);

fn begun() -> u32 {
    BEGUN.load(Ordering::Relaxed)
}

async fn water(plant: &str) -> usize {
    BEGUN.fetch_add(1, Ordering::Relaxed);
    plant.len()
}

/// No `async fn`: its body runs when it is called. Only the block is a future.
fn fill_can_and_water(plant: &str) -> impl Future<Output = usize> {
    BEGUN.fetch_add(1, Ordering::Relaxed);
    async move { plant.len() }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let fern = water("fern");
    println!("called: {}", begun());
    fern.await;
    println!("awaited: {}", begun());

    let ivy = water("ivy");
    drop(ivy);
    println!("called and dropped: {}", begun());

    let moss = fill_can_and_water("moss");
    println!("called a function that returns a future: {}", begun());
    moss.await;
}
