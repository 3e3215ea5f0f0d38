//! Within a task, the order is the program's. Between tasks, it is not.

use std::time::Duration;

use tokio::sync::mpsc::{self, Sender};
use tokio::time::sleep;

/// Sends three readings, each after a wait of `period` milliseconds.
async fn sensor(place: &str, period: u64, log: Sender<String>) {
    for number in 1..=3 {
        sleep(Duration::from_millis(period)).await;
        let reading = format!("{place} {number}");
        log.send(reading).await.expect("main receives to the end");
    }
}

/// Runs two sensors at once and returns their readings as they come.
async fn readings(north: u64, south: u64) -> Vec<String> {
    let (sender, mut receiver) = mpsc::channel(6);
    tokio::spawn(sensor("north", north, sender.clone()));
    tokio::spawn(sensor("south", south, sender));
    let mut log = Vec::new();
    while let Some(reading) = receiver.recv().await {
        log.push(reading);
    }
    log
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    for (north, south) in [(10, 4), (10, 25)] {
        let log = readings(north, south).await;
        println!("north every {north} ms, south every {south} ms:");
        println!("  {}", log.join(", "));

        // Each sensor's own readings are in order.
        for place in ["north", "south"] {
            let own: Vec<_> = log.iter().filter(|r| r.starts_with(place)).collect();
            assert!(own.len() == 3 && own.is_sorted());
        }
    }
}
