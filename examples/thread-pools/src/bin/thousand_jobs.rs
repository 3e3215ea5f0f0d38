//! A thousand short jobs: on a thread each, and on the four threads of a pool.

use std::collections::HashSet;
use std::thread::{self, ThreadId};
use std::time::Instant;

use thread_pools::ThreadPool;

const JOBS: u64 = 1_000;

/// Mixes a thousand numbers into one, and tells on which thread.
fn checksum(job: u64) -> (u64, ThreadId) {
    let sum = (0..1_000).fold(job, |sum, n| sum.wrapping_mul(31) ^ n);
    (sum, thread::current().id())
}

fn main() {
    let start = Instant::now();
    let threads: Vec<_> = (0..JOBS)
        .map(|job| thread::spawn(move || checksum(job)))
        .collect();
    let (expected, ids): (Vec<u64>, HashSet<ThreadId>) = threads
        .into_iter()
        .map(|thread| thread.join().expect("no job panics"))
        .unzip();
    eprintln!("a thread each: {} us", start.elapsed().as_micros());
    println!("a thread each: {} threads", ids.len());

    let start = Instant::now();
    let pool = ThreadPool::new(4, 64);
    let jobs: Vec<_> = (0..JOBS)
        .map(|job| pool.submit(move || checksum(job)))
        .collect();
    let (sums, ids): (Vec<u64>, HashSet<ThreadId>) = jobs
        .into_iter()
        .map(|job| job.join().expect("no job panics"))
        .unzip();
    pool.shutdown();
    eprintln!("a pool of four: {} us", start.elapsed().as_micros());
    println!("a pool: four threads or fewer: {}", ids.len() <= 4);
    println!("the same results: {}", sums == expected);
}
