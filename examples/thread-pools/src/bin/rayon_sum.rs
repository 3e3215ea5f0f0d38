//! Work for all cores: a parallel iterator, and a `join` that works.

use std::sync::Barrier;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use rayon::{ThreadPoolBuildError, ThreadPoolBuilder, current_thread_index};

fn is_prime(n: u64) -> bool {
    n > 1
        && (2..n)
            .take_while(|d| d * d <= n)
            .all(|d| !n.is_multiple_of(d))
}

/// Adds up the primes, and splits the work in two as long as there is much of it.
fn sum_of_primes(numbers: &[u64]) -> u64 {
    if numbers.len() <= 100 {
        return numbers.iter().filter(|&&n| is_prime(n)).sum();
    }
    let (low, high) = numbers.split_at(numbers.len() / 2);
    let (low, high) = rayon::join(|| sum_of_primes(low), || sum_of_primes(high));
    low + high
}

fn main() -> Result<(), ThreadPoolBuildError> {
    let numbers: Vec<u64> = (0..50_000).collect();
    let alone: u64 = numbers.iter().filter(|&&n| is_prime(n)).sum();
    let shared: u64 = numbers.par_iter().filter(|&&n| is_prime(n)).sum();
    println!("the same sum: {}", shared == alone);

    let pool = ThreadPoolBuilder::new().num_threads(2).build()?;
    let both = Barrier::new(2);
    // Neither half ends before the other has begun.
    let half = || {
        both.wait();
        current_thread_index()
    };
    let (first, second) = pool.install(|| rayon::join(half, half));
    println!("two workers, a half each: {}", first != second);

    let pool = ThreadPoolBuilder::new().num_threads(1).build()?;
    let joined = pool.install(|| sum_of_primes(&numbers));
    println!("joins on one worker, the same sum: {}", joined == alone);
    Ok(())
}
