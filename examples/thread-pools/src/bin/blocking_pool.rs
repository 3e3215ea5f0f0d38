//! tokio's pool for blocking calls starts threads when it needs them.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};

use tokio::runtime::Builder;
use tokio::task::{JoinSet, spawn_blocking};

static STARTED: AtomicUsize = AtomicUsize::new(0);

fn main() -> std::io::Result<()> {
    let runtime = Builder::new_current_thread()
        .max_blocking_threads(3) // without this: 512
        .on_thread_start(|| {
            STARTED.fetch_add(1, Ordering::SeqCst);
        })
        .build()?;

    runtime.block_on(async {
        println!("before: {} threads", STARTED.load(Ordering::SeqCst));

        spawn_blocking(|| {})
            .await
            .expect("the call does not panic");
        println!("one call: {} thread", STARTED.load(Ordering::SeqCst));

        let three = Arc::new(Barrier::new(3));
        let mut calls = JoinSet::new();
        for _ in 0..12 {
            let three = Arc::clone(&three);
            // No call ends before two others run beside it.
            calls.spawn_blocking(move || three.wait());
        }
        calls.join_all().await;
        println!("12 calls: {} threads", STARTED.load(Ordering::SeqCst));
    });
    Ok(())
}
