//! A loop over `recv` waits for a sender that nobody uses any more.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::timeout;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let (sender, mut files) = mpsc::channel(8);
    for name in ["map.png", "tour.pdf"] {
        let sender = sender.clone();
        tokio::spawn(async move { sender.send(name).await });
    }

    let mut stored = Vec::new();
    let store_all = async {
        while let Some(name) = files.recv().await {
            stored.push(name);
        }
    };
    if timeout(Duration::from_secs(3600), store_all).await.is_err() {
        println!("after an hour, recv still waits");
    }
    println!("stored: {stored:?}");
    println!("senders: {}", sender.strong_count());
}
