//! A task asks for the write lock while it reads.

use std::collections::HashMap;
use std::time::Duration;

use tokio::sync::RwLock;
use tokio::time::timeout;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let prices = RwLock::new(HashMap::new());
    let desk = async {
        let known = prices.read().await;
        match known.get("desk") {
            Some(price) => *price,
            None => *prices.write().await.entry("desk").or_insert(180),
        }
    };
    if timeout(Duration::from_secs(3600), desk).await.is_err() {
        println!("after an hour, write still waits");
    }
}
