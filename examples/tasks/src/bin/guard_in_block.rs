//! A guard that ends with its block, so that the task may go to another thread at its `.await`.

use std::sync::{Arc, Mutex};

use tokio::task;

#[tokio::main]
async fn main() {
    let visits = Arc::new(Mutex::new(0));
    let mut doors = Vec::new();
    for _ in 0..100 {
        let visits = Arc::clone(&visits);
        doors.push(task::spawn(async move {
            {
                let mut guard = visits.lock().expect("no door panics");
                *guard += 1;
            }
            task::yield_now().await;
        }));
    }
    for door in doors {
        door.await.expect("no door panics");
    }
    println!("visits: {}", visits.lock().expect("no door panics"));
}
