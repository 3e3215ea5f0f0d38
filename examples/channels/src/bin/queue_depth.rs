//! A camera takes a picture each 10 ms, an archive stores one in 25 ms: how many wait in between?

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::{self, Instant};

const PICTURES: u32 = 100;

/// Takes each picture out of the channel and stores it; returns how many were in it at most.
async fn archive(mut inbox: mpsc::Receiver<u32>) -> usize {
    let mut deepest = 0;
    let mut stored = 0;
    loop {
        deepest = deepest.max(inbox.len());
        let Some(_picture) = inbox.recv().await else {
            break;
        };
        time::sleep(Duration::from_millis(25)).await;
        stored += 1;
    }
    assert_eq!(stored, PICTURES);
    deepest
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    for capacity in [1000, 8] {
        let (camera, inbox) = mpsc::channel(capacity);
        let archive = tokio::spawn(archive(inbox));
        let start = Instant::now();
        for picture in 0..PICTURES {
            time::sleep(Duration::from_millis(10)).await;
            camera.send(picture).await.expect("the archive is open");
        }
        let sent = start.elapsed().as_millis();
        drop(camera);
        let deepest = archive.await.expect("storing does not panic");
        let stored = start.elapsed().as_millis();
        println!("room for {capacity}: {deepest} wait at most");
        println!("  all sent after {sent} ms, all stored after {stored} ms");
    }
}
