//! What it costs to move a closure to the blocking pool and to await it, beside a task.

use std::thread;
use std::time::Instant;

use tokio::task;

const CALLS: u32 = 10_000;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let here = thread::current().id();

    let start = Instant::now();
    let mut moved = 0;
    for _ in 0..CALLS {
        let call = task::spawn_blocking(|| thread::current().id());
        let there = call.await.expect("the closure does not panic");
        moved += u32::from(there != here);
    }
    let time = start.elapsed() / CALLS;
    eprintln!("a closure for spawn_blocking: {} ns", time.as_nanos());
    println!("closures on another thread: {moved}");

    let start = Instant::now();
    let mut moved = 0;
    for _ in 0..CALLS {
        let task = task::spawn(async { thread::current().id() });
        let there = task.await.expect("the task does not panic");
        moved += u32::from(there != here);
    }
    let time = start.elapsed() / CALLS;
    eprintln!("a task: {} ns", time.as_nanos());
    println!("tasks on another thread: {moved}");
}
