//! A limit for each step, whose name tells where the program stands.

use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time;

/// Says so if a step takes too long.
async fn step<F: Future>(name: &str, future: F) -> Option<F::Output> {
    let end = time::timeout(Duration::from_secs(30), future).await;
    if let Err(error) = &end {
        println!("{error}: {name}");
    }
    end.ok()
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let seats = Mutex::new(2);
    let first = step("lock for the first seat", seats.lock()).await;
    let second = step("lock for the second seat", seats.lock()).await;
    assert!(first.is_some() && second.is_none());
}
