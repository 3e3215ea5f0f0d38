//! A future holds a lock, and nobody polls it.

use std::pin::pin;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::{sleep, timeout};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let logbook = Mutex::new(Vec::new());
    let night = async {
        let mut watch = pin!(async {
            let mut logbook = logbook.lock().await;
            sleep(Duration::from_secs(60)).await;
            logbook.push("all quiet");
        });
        tokio::select! {
            () = &mut watch => {}
            () = sleep(Duration::from_secs(10)) => logbook.lock().await.push("a noise"),
        }
    };
    if timeout(Duration::from_secs(3600), night).await.is_err() {
        println!("after an hour, lock still waits");
    }
}
