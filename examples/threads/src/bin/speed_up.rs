//! Divides a computation among as many threads as there are cores for.

use std::ops::Range;
use std::thread;
use std::time::Instant;

const STARTS: u64 = 1_000_000;

/// The start in `starts` that takes most steps to reach 1, and how many it takes.
fn longest(starts: Range<u64>) -> (u32, u64) {
    starts
        .map(|start| (steps(start), start))
        .max()
        .expect("starts is not empty")
}

/// Halve an even number, triple an odd one and add 1, until it is 1.
fn steps(mut number: u64) -> u32 {
    let mut steps = 0;
    while number != 1 {
        number = if number.is_multiple_of(2) {
            number / 2
        } else {
            3 * number + 1
        };
        steps += 1;
    }
    steps
}

fn main() {
    let before = Instant::now();
    let alone = longest(1..STARTS + 1);
    let one_thread = before.elapsed();
    println!("one thread:      {} takes {} steps", alone.1, alone.0);

    let threads = thread::available_parallelism().map_or(1, |cores| cores.get() as u64);
    let before = Instant::now();
    let workers: Vec<_> = (0..threads)
        .map(|i| (i * STARTS / threads + 1)..((i + 1) * STARTS / threads + 1))
        .map(|part| thread::spawn(move || longest(part)))
        .collect();
    let divided = workers
        .into_iter()
        .map(|worker| worker.join().expect("no part overflows"))
        .max()
        .expect("there is at least one thread");
    let all_threads = before.elapsed();
    println!("several threads: {} takes {} steps", divided.1, divided.0);

    eprintln!("threads: {threads}");
    eprintln!("one thread: {:.1} ms", one_thread.as_secs_f64() * 1e3);
    eprintln!("several threads: {:.1} ms", all_threads.as_secs_f64() * 1e3);
    eprintln!(
        "speed-up: {:.2} times",
        one_thread.as_secs_f64() / all_threads.as_secs_f64()
    );
}
