//! Nine threads, and never more than three connections.

use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use semaphores::Semaphore;

fn main() {
    let connections = Semaphore::new(3);
    let open = AtomicUsize::new(0);
    let most_open = AtomicUsize::new(0);
    let three_of_them = Barrier::new(3);

    thread::scope(|scope| {
        for _ in 0..9 {
            scope.spawn(|| {
                let _permit = connections.acquire();
                let now_open = open.fetch_add(1, Ordering::SeqCst) + 1;
                most_open.fetch_max(now_open, Ordering::SeqCst);
                // The download: no thread is done before it has two others beside it.
                three_of_them.wait();
                open.fetch_sub(1, Ordering::SeqCst);
            });
        }
    });

    println!("most connections at once: {}", most_open.into_inner());
    println!("permits at the end: {}", connections.available_permits());
}
