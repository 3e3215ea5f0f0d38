//! Two tasks that sleep with their thread: one after the other.

use std::thread;
use std::time::Duration;

async fn download(file: &str) {
    println!("{file}: begun");
    thread::sleep(Duration::from_millis(10)); // blocks the thread
    println!("{file}: complete");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let map = tokio::spawn(download("map"));
    let photo = tokio::spawn(download("photo"));
    map.await.expect("it does not panic");
    photo.await.expect("it does not panic");
}
