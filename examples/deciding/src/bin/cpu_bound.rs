//! Four computations: one after the other, as tasks on one thread, and on a thread each.

use std::hint::black_box;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

const JOBS: u64 = 4;
const ROUNDS: usize = 5;

static IN_PROGRESS: AtomicU32 = AtomicU32::new(0);
static MOST: AtomicU32 = AtomicU32::new(0);

/// The longest Collatz sequence that starts below a bound.
fn longest(job: u64) -> u32 {
    let in_progress = IN_PROGRESS.fetch_add(1, Ordering::Relaxed) + 1;
    MOST.fetch_max(in_progress, Ordering::Relaxed);
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
    let longest = (1..black_box(100_000 + job)).map(steps).max();
    IN_PROGRESS.fetch_sub(1, Ordering::Relaxed);
    longest.unwrap_or(0)
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
    let mut most = [0; 3];
    for _ in 0..ROUNDS {
        for (i, way) in ways.iter().enumerate() {
            let start = Instant::now();
            sums[i] = way();
            most[i] = most[i].max(MOST.swap(0, Ordering::Relaxed));
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
    println!("most in progress at once, in a loop: {}", most[0]);
    println!("most in progress at once, as tasks: {}", most[1]);
}
