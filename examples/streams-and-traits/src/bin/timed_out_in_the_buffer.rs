//! Two downloads run, but not while the loop stores what has come.

use std::time::Duration;

use futures::stream::{self, StreamExt};
use tokio::time::{sleep, timeout};

async fn download(parts: u32) -> u32 {
    for _part in 0..parts {
        sleep(Duration::from_millis(100)).await;
    }
    parts
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let limit = Duration::from_secs(1);
    let mut files = stream::iter([1, 3])
        .map(|parts| timeout(limit, download(parts)))
        .buffered(2);
    while let Some(file) = files.next().await {
        match file {
            Ok(_parts) => sleep(Duration::from_secs(5)).await, // stores them
            Err(error) => println!("{error}"),
        }
    }
}
