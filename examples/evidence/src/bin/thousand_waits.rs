//! A thousand waits of 100 ms on one thread: one after another, then joined.

use std::time::{Duration, Instant};

use futures::future::join_all;
use tokio::time::{self, sleep};

const WAITS: u32 = 1000;
const WAIT: Duration = Duration::from_millis(100);

/// One wait after another. The clock is paused: it jumps to the end of each wait.
#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn in_turn() -> Duration {
    let start = time::Instant::now();
    for _ in 0..WAITS {
        sleep(WAIT).await;
    }
    start.elapsed()
}

/// All waits at the same time, by the clock of the machine.
#[tokio::main(flavor = "current_thread")]
async fn joined() -> Duration {
    let start = Instant::now();
    join_all((0..WAITS).map(|_| sleep(WAIT))).await;
    start.elapsed()
}

fn main() {
    let (in_turn, joined) = (in_turn(), joined());
    println!("in turn: {} ms", in_turn.as_millis());
    println!(
        "joined, in less than a tenth of that: {}",
        joined < in_turn / 10
    );
    eprintln!("joined: {} ms", joined.as_millis());
}
