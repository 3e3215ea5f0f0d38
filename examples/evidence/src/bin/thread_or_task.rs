//! What it costs to start a thread or a task that does nothing, and to wait for its end.

use std::thread;
use std::time::Instant;

use tokio::task;

const EACH: u32 = 1000;

fn threads() {
    for _ in 0..EACH {
        thread::spawn(|| ()).join().expect("nothing panics");
    }
}

#[tokio::main(flavor = "current_thread")]
async fn tasks() {
    for _ in 0..EACH {
        task::spawn(async {}).await.expect("nothing panics");
    }
}

/// The nanoseconds for each, in the fastest of five rounds.
fn time(work: fn()) -> u128 {
    let rounds = (0..5).map(|_| {
        let start = Instant::now();
        work();
        start.elapsed().as_nanos() / u128::from(EACH)
    });
    rounds.min().expect("there are five rounds")
}

fn main() {
    let (thread, task) = (time(threads), time(tasks));
    println!("a thread costs more than two tasks: {}", thread > 2 * task);
    eprintln!("a thread: {thread} ns");
    eprintln!("a task: {task} ns");
}
