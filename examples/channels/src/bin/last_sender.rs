//! `recv` gives what is still in the channel, then `None`; and never, while a sender is kept.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let (sender, mut inbox) = mpsc::channel(4);
    sender.send("one").await.expect("the inbox is open");
    sender.send("two").await.expect("the inbox is open");
    drop(sender);
    println!(
        "{:?}, {:?}, {:?}",
        inbox.recv().await,
        inbox.recv().await,
        inbox.recv().await
    );

    let (sender, mut inbox) = mpsc::channel(4);
    for name in ["north", "south"] {
        let sender = sender.clone();
        tokio::spawn(async move { sender.send(name).await });
    }
    let read_all = async {
        while let Some(name) = inbox.recv().await {
            println!("{name}");
        }
    };
    // The clock is paused: the hour passes when all tasks wait and no earlier timer is left.
    let hour = time::timeout(Duration::from_secs(3600), read_all).await;
    println!("ended within an hour: {}", hour.is_ok());

    drop(sender); // the one that was only ever cloned
    println!("now: {:?}", inbox.recv().await);
}
