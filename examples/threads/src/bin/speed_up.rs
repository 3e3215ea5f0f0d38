//! Divides a search among as many threads as there are cores for them.

use std::ops::Range;
use std::thread;
use std::time::Instant;

/// Halve an even number, triple an odd one and add 1: how often, down to 1?
fn steps(mut number: u64) -> u32 {
    let mut steps = 0;
    while number != 1 {
        number = match number % 2 {
            0 => number / 2,
            _ => 3 * number + 1,
        };
        steps += 1;
    }
    steps
}

/// The largest number of steps in a range, and the number that takes them.
fn longest(numbers: Range<u64>) -> Option<(u32, u64)> {
    numbers.map(|number| (steps(number), number)).max()
}

fn main() {
    let start = Instant::now();
    println!("one thread: {:?}", longest(1..1_000_000));
    let one = start.elapsed().as_secs_f64() * 1e3;

    let cores = thread::available_parallelism().map_or(1, |cores| cores.get());
    let start = Instant::now();
    let share = 1_000_000 / cores as u64 + 1;
    let mut threads = Vec::new();
    for first in (1..1_000_000).step_by(share as usize) {
        let part = first..(first + share).min(1_000_000);
        threads.push(thread::spawn(move || longest(part)));
    }
    let results = threads
        .into_iter()
        .map(|thread| thread.join().expect("no panic"));
    println!("a thread for each core: {:?}", results.max().flatten());
    let all = start.elapsed().as_secs_f64() * 1e3;

    eprintln!("cores that this program may use: {cores}");
    eprintln!("one thread: {one:.1} ms");
    eprintln!("a thread for each core: {all:.1} ms");
    eprintln!("speed-up: {:.2} times", one / all);
}
