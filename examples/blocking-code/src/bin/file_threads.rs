//! `tokio::fs` on a runtime with one thread: it starts another.

use std::sync::atomic::{AtomicU32, Ordering};

use tokio::fs;
use tokio::runtime::Builder;

static STARTED: AtomicU32 = AtomicU32::new(0);

fn main() -> std::io::Result<()> {
    let runtime = Builder::new_current_thread()
        .on_thread_start(|| {
            STARTED.fetch_add(1, Ordering::Relaxed);
        })
        .build()?;
    runtime.block_on(async {
        println!(
            "threads started before: {}",
            STARTED.load(Ordering::Relaxed)
        );
        let here = fs::metadata(".").await?;
        println!("a folder: {}", here.is_dir());
        println!("threads started after: {}", STARTED.load(Ordering::Relaxed));
        Ok(())
    })
}
