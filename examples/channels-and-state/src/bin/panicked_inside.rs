//! A task panics with the lock in hand, and the next one hears of it.

use std::sync::{Arc, Mutex};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let visits = Arc::new(Mutex::new(41));
    let counted = Arc::clone(&visits);
    let request = tokio::spawn(async move {
        let mut visits = counted.lock().expect("nobody has panicked");
        *visits += 1;
        panic!("the request has no path");
    });
    assert!(request.await.is_err());

    if let Err(error) = visits.lock() {
        println!("{error}");
    }
}
