use futures::Stream;
use tokio::sync::mpsc;

fn readings() -> impl Stream<Item = u32> {
    let (sender, readings) = mpsc::channel(8);
    tokio::spawn(async move { sender.send(21).await });
    readings
}

fn main() {}
