use tokio::sync::mpsc;

#[tokio::main]
async fn main() {
    let (sender, downloads) = mpsc::channel(8);
    for _ in 0..2 {
        let mut downloads = downloads.clone();
        tokio::spawn(async move { downloads.recv().await });
    }
    sender.send("map.png").await.expect("a worker is there");
}
