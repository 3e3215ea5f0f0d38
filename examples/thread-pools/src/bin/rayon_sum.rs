//! Work for all cores, with rayon: a parallel iterator, and `join`, which works while it waits.

use rayon::prelude::*;

fn is_prime(n: u64) -> bool {
    n > 1
        && !(2..n)
            .take_while(|d| d * d <= n)
            .any(|d| n.is_multiple_of(d))
}

/// Adds up the primes, and splits the work in two as long as there is much of it.
fn sum_of_primes(numbers: &[u64]) -> u64 {
    if numbers.len() <= 100 {
        return numbers.iter().filter(|&&n| is_prime(n)).sum();
    }
    let (left, right) = numbers.split_at(numbers.len() / 2);
    let (left, right) = rayon::join(|| sum_of_primes(left), || sum_of_primes(right));
    left + right
}

fn main() -> Result<(), rayon::ThreadPoolBuildError> {
    let numbers: Vec<u64> = (0..50_000).collect();

    let one_by_one: u64 = numbers.iter().filter(|&&n| is_prime(n)).sum();
    let on_all_cores: u64 = numbers.par_iter().filter(|&&n| is_prime(n)).sum();
    println!("the same sum: {}", on_all_cores == one_by_one);

    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build()?;
    let on_one_thread = pool.install(|| sum_of_primes(&numbers));
    println!("the same with join: {}", on_one_thread == one_by_one);
    Ok(())
}
