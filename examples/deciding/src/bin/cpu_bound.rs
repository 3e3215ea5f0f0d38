//! Four computations: one after the other, as tasks on one thread, and on a thread each.

use std::hint::black_box;
use std::thread;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

const JOBS: u64 = 4;
const ROUNDS: usize = 5;

/// The longest Collatz sequence that starts below a bound.
fn longest(job: u64) -> u32 {
    let steps = |start: u64| {
        let mut n = start;
        let mut steps = 0;
        while n != 1 {
            n = if n.is_multiple_of(2) {
                n / 2
            } else {
                3 * n + 1
            };
            steps += 1;
        }
        steps
    };
    (1..black_box(100_000 + job)).map(steps).max().unwrap_or(0)
}

fn in_a_loop() -> u32 {
    (0..JOBS).map(longest).sum()
}

#[tokio::main(flavor = "current_thread")]
async fn as_tasks() -> u32 {
    let tasks: JoinSet<u32> = (0..JOBS).map(|job| async move { longest(job) }).collect();
    tasks.join_all().await.iter().sum()
}

fn on_threads() -> u32 {
    thread::scope(|scope| {
        let threads: Vec<_> = (0..JOBS)
            .map(|job| scope.spawn(move || longest(job)))
            .collect();
        let results = threads.into_iter().map(|thread| thread.join());
        results
            .map(|steps| steps.expect("a job does not panic"))
            .sum()
    })
}

fn main() {
    let ways = [in_a_loop, as_tasks, on_threads];
    let mut best = [Duration::MAX; 3];
    let mut sums = [0; 3];
    for _ in 0..ROUNDS {
        for (i, way) in ways.iter().enumerate() {
            let start = Instant::now();
            sums[i] = way();
            best[i] = best[i].min(start.elapsed());
        }
    }
    let [in_a_loop, as_tasks, on_threads] = best;
    eprintln!("in a loop: {} us", in_a_loop.as_micros());
    eprintln!("as tasks on one thread: {} us", as_tasks.as_micros());
    eprintln!("on four threads: {} us", on_threads.as_micros());

    println!(
        "the same results: {}",
        sums.iter().all(|sum| *sum == sums[0])
    );
    let no_gain = 2 * as_tasks > in_a_loop;
    println!("tasks take more than half of the loop's time: {no_gain}");
}
