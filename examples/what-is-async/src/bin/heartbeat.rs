//! A heartbeat shares its thread with work that waits, then with work that blocks.

use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use tokio::time::{self, Instant};

static BEATS: AtomicU32 = AtomicU32::new(0);

async fn heartbeat() {
    loop {
        time::sleep(Duration::from_millis(10)).await;
        BEATS.fetch_add(1, Ordering::Relaxed);
    }
}

/// Returns how often the heart has beaten since the last call.
fn beats() -> u32 {
    BEATS.swap(0, Ordering::Relaxed)
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let work = Duration::from_millis(55);
    tokio::spawn(heartbeat());

    time::sleep(work).await;
    println!("beats while main waits: {}", beats());

    time::resume(); // from here on, tokio's clock runs with the real one
    let start = Instant::now();
    thread::sleep(work);
    assert!(start.elapsed() >= work); // five beats fell due
    println!("beats while main blocks: {}", beats());

    time::pause();
    time::sleep(Duration::from_millis(1)).await;
    println!("beats when main waits again: {}", beats());
}
