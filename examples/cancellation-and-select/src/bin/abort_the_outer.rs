//! An aborted task, and one that it has spawned.

use std::time::Duration;

use tokio::{task, time};

async fn upload() {
    time::sleep(Duration::from_secs(2)).await;
    println!("upload: complete");
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let backup = task::spawn(async {
        let uploading = task::spawn(upload());
        uploading.await.expect("it does not panic");
        println!("backup: complete");
    });
    time::sleep(Duration::from_secs(1)).await;
    backup.abort();
    let error = backup.await.expect_err("it has been aborted");
    println!("backup: cancelled: {}", error.is_cancelled());
    time::sleep(Duration::from_secs(5)).await;
}
