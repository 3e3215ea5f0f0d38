//! Shutdown finishes what was accepted, also the jobs whose handles are gone.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

use thread_pools::ThreadPool;

fn main() {
    let pool = ThreadPool::new(1, 8);
    let saved = Arc::new(AtomicUsize::new(0));

    // The first job keeps the only worker until `go` is sent.
    let (started, has_started) = mpsc::channel();
    let (go, may_go_on) = mpsc::channel();
    pool.submit(move || {
        started.send(()).expect("main waits for it");
        may_go_on.recv().expect("main sends it");
    });
    has_started.recv().expect("the first job sends it");

    for _picture in 0..5 {
        let saved = Arc::clone(&saved);
        // The handle is dropped here: nobody will ask for the result.
        pool.submit(move || saved.fetch_add(1, Ordering::SeqCst));
    }
    println!("waiting in the queue: {}", pool.queued());
    println!("saved: {}", saved.load(Ordering::SeqCst));

    go.send(()).expect("the first job waits for it");
    pool.shutdown();
    println!("saved after shutdown: {}", saved.load(Ordering::SeqCst));
}
