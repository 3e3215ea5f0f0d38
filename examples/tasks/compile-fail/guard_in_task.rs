use std::sync::{Arc, Mutex};

use tokio::task;

#[tokio::main]
async fn main() {
    let visits = Arc::new(Mutex::new(0));
    task::spawn(async move {
        let mut guard = visits.lock().expect("no door panics");
        *guard += 1;
        drop(guard);
        task::yield_now().await;
    });
}
