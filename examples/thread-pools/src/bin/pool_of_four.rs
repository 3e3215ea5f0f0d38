//! A hundred jobs on four threads.

use std::collections::BTreeSet;
use std::sync::{Arc, Barrier};
use std::thread;

use thread_pools::ThreadPool;

fn main() {
    let pool = ThreadPool::new(4, 8);
    let four_at_work = Arc::new(Barrier::new(4));

    let jobs: Vec<_> = (0..100)
        .map(|_picture| {
            let four_at_work = Arc::clone(&four_at_work);
            // Waits while eight jobs are in the queue.
            pool.submit(move || {
                // No job ends before three others have begun beside it.
                four_at_work.wait();
                thread::current().name().map(str::to_owned)
            })
        })
        .collect();

    println!("jobs: {}", jobs.len());
    let workers: BTreeSet<String> = jobs
        .into_iter()
        .filter_map(|job| job.join().expect("no job panics"))
        .collect();
    println!("run by: {workers:?}");
}
