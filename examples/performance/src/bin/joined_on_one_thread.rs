//! Joined futures run on one thread, however many threads the runtime has.

use std::collections::HashSet;
use std::thread::{self, ThreadId};

use futures::future::join_all;
use tokio::task;

/// Returns the thread on which it went on.
async fn resize(_photo: u32) -> ThreadId {
    task::yield_now().await;
    thread::current().id()
}

#[tokio::main(flavor = "multi_thread", worker_threads = 4)]
async fn main() {
    let threads = join_all((0..100).map(resize)).await;
    let threads: HashSet<_> = threads.into_iter().collect();
    println!("threads that resized 100 photos: {}", threads.len());
}
