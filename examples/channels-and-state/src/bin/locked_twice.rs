//! A task waits for a lock that it holds itself.

use std::collections::HashMap;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::timeout;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let prices = Mutex::new(HashMap::from([("lamp", 20)]));
    let raise = async {
        if let Some(price) = prices.lock().await.get("lamp") {
            prices.lock().await.insert("lamp", price + 1);
        }
    };
    if timeout(Duration::from_secs(3600), raise).await.is_err() {
        println!("after an hour, lock still waits");
    }
}
