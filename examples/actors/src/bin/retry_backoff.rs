//! Retries: exponential back-off, jitter, a deadline, and an error that no retry mends.

use std::future::ready;
use std::time::Duration;

use actors::{Backoff, Retry, RetryError, retry};
use fastrand::Rng;
use tokio::time::Instant;

#[derive(Debug)]
enum Refusal {
    Busy,
    NoSuchItem,
}

/// The warehouse is busy for the first two seconds.
fn reserve(item: &str, since: Duration) -> Result<(), Refusal> {
    match item {
        "lamp" if since < Duration::from_secs(2) => Err(Refusal::Busy),
        "lamp" => Ok(()),
        _ => Err(Refusal::NoSuchItem),
    }
}

async fn order(item: &str, seed: u64, within: Duration) {
    let policy = Retry {
        backoff: Backoff::new(Duration::from_millis(200), Duration::from_secs(1)),
        within,
    };
    let mut random = Rng::with_seed(seed);
    let is_busy = |refusal: &Refusal| matches!(refusal, Refusal::Busy);

    let start = Instant::now();
    let mut attempts = Vec::new();
    let result = retry(policy, &mut random, is_busy, || {
        attempts.push(start.elapsed().as_millis());
        ready(reserve(item, start.elapsed()))
    });
    let end = match result.await {
        Ok(()) => "reserved".to_string(),
        Err(RetryError::Permanent(refusal)) => format!("{refusal:?}, no retry"),
        Err(RetryError::DeadlineExceeded { .. }) => "gave up".to_string(),
    };
    println!("{item}, attempts at {attempts:?} ms: {end}");
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    for seed in 1..=3 {
        order("lamp", seed, Duration::from_secs(10)).await;
    }
    order("lamp", 1, Duration::from_secs(1)).await;
    order("sofa", 1, Duration::from_secs(10)).await;
}
