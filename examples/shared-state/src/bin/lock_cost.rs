//! What it costs to count, on one thread and on two: an atomic and a mutex.

use std::hint;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Barrier, Mutex};
use std::thread;
use std::time::Instant;

const ROUNDS: u64 = 3_000_000;

/// Lets each thread call `count_one` in a loop, and reports the time that
/// passed until all have ended, divided by the calls of one thread.
fn measure(name: &str, threads: usize, count_one: impl Fn() + Sync) {
    let all_have_come = Barrier::new(threads + 1);
    let mut start = Instant::now();
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                all_have_come.wait();
                for _ in 0..ROUNDS {
                    count_one();
                }
            });
        }
        start = Instant::now();
        all_have_come.wait();
    });
    let nanoseconds = start.elapsed().as_nanos() as f64 / ROUNDS as f64;
    eprintln!("{name}, {threads} at once: {nanoseconds:.1} ns");
}

fn main() {
    for threads in [1, 2] {
        let atomic = AtomicU64::new(0);
        measure("fetch_add", threads, || {
            hint::black_box(atomic.fetch_add(1, Ordering::Relaxed));
        });
        let mutex = Mutex::new(0);
        measure("lock, add, unlock", threads, || {
            *mutex.lock().expect("counting does not panic") += 1;
        });

        let atomic = atomic.into_inner();
        let mutex = mutex.into_inner().expect("counting does not panic");
        println!("threads: {threads}, counted: {atomic} and {mutex}");
    }
}
