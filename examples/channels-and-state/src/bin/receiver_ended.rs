//! The task with the receiver ends at an error, and the next `send` fails.

use tokio::sync::mpsc;

async fn archive(mut files: mpsc::Receiver<&str>) -> Result<(), String> {
    while let Some(name) = files.recv().await {
        if name.ends_with(".tmp") {
            return Err(format!("{name} is not archived"));
        }
    }
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (sender, files) = mpsc::channel(8);
    let archive = tokio::spawn(archive(files));

    sender.send("draft.tmp").await.expect("there is room");
    sender.closed().await; // until the receiver is gone
    if let Err(error) = sender.send("map.png").await {
        println!("{error}");
    }
    println!("{:?}", archive.await.expect("the archive does not panic"));
}
