//! Tasks that wait with a lock in hand wait one after the other.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::task::JoinSet;
use tokio::time::{self, Instant};

async fn answer(answered: Arc<Mutex<u32>>) {
    let mut answered = answered.lock().await;
    time::sleep(Duration::from_secs(1)).await; // asks the database
    *answered += 1;
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let answered = Arc::new(Mutex::new(0));
    let requests: JoinSet<()> = (0..10).map(|_| answer(Arc::clone(&answered))).collect();
    requests.join_all().await;
    println!("10 requests of 1s each, at once: {:?}", start.elapsed());
}
