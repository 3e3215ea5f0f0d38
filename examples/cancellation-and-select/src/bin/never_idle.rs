//! A timer that is made anew in each round of a loop.

use std::time::Duration;

use tokio::{sync::mpsc, time};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let (send, mut readings) = mpsc::channel(1);
    tokio::spawn(async move {
        for reading in 0..100 {
            time::sleep(Duration::from_millis(50)).await;
            send.send(reading).await.expect("main receives");
        }
    });

    let (mut received, mut saved) = (0, 0);
    while received < 100 {
        tokio::select! {
            Some(_) = readings.recv() => received += 1,
            // A new timer in each round.
            () = time::sleep(Duration::from_millis(200)) => saved += 1,
        }
    }
    println!("received {received} readings in 5 s, saved {saved} times");
}
