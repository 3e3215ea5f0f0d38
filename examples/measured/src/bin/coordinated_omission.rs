//! One stall of a server, as two ways of counting see it. The clock is tokio's, and paused.

use std::time::Duration;

use tokio::time::{self, Instant};

/// A client sends a request each time that this has passed, or later if it still waits.
const EVERY: Duration = Duration::from_millis(2);

/// The server's answer to request `number`: after 1 ms, but once after a whole second.
async fn answer(number: u32) {
    let takes = if number == 500 { 1_000 } else { 1 };
    time::sleep(Duration::from_millis(takes)).await;
}

/// The value that `percent` of `latencies` do not exceed, in milliseconds.
fn percentile(latencies: &mut [Duration], percent: usize) -> u128 {
    latencies.sort();
    let rank = (latencies.len() * percent).div_ceil(100);
    latencies[rank - 1].as_millis()
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let mut since_sent = Vec::new();
    let mut since_due = Vec::new();
    let begin = Instant::now();
    for number in 0..4_000 {
        let due = begin + EVERY * number;
        time::sleep_until(due).await;
        let sent = Instant::now();
        answer(number).await;
        since_sent.push(sent.elapsed());
        since_due.push(due.elapsed());
    }
    println!("{:<10}  {:>6} {:>6} {:>7}", "", "p50", "p99", "max");
    for (name, latencies) in [
        ("since sent", &mut since_sent),
        ("since due", &mut since_due),
    ] {
        let [p50, p99, max] = [50, 99, 100].map(|percent| percentile(latencies, percent));
        println!("{name:<10}  {p50:>3} ms {p99:>3} ms {max:>4} ms");
    }
}
