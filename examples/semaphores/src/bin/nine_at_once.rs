//! Nine threads, nine connections, at the same time.

use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

fn main() {
    let open = AtomicUsize::new(0);
    let most_open = AtomicUsize::new(0);
    let all_nine = Barrier::new(9);

    thread::scope(|scope| {
        for _ in 0..9 {
            scope.spawn(|| {
                let now_open = open.fetch_add(1, Ordering::SeqCst) + 1;
                most_open.fetch_max(now_open, Ordering::SeqCst);
                // The download: no thread is done before all nine have begun.
                all_nine.wait();
                open.fetch_sub(1, Ordering::SeqCst);
            });
        }
    });

    println!("most connections at once: {}", most_open.into_inner());
}
