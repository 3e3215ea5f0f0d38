//! `send` loses its message when it is cancelled; with `reserve` the message waits outside.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let (sender, mut inbox) = mpsc::channel(1);
    sender
        .send("first".to_owned())
        .await
        .expect("the inbox is open");

    let letter = "sent and cut off".to_owned();
    let patience = Duration::from_millis(10);
    let sent = time::timeout(patience, sender.send(letter)).await;
    println!("sent in time: {}", sent.is_ok());

    let letter = "kept".to_owned();
    let place = time::timeout(patience, sender.reserve()).await;
    println!("place in time: {}, the letter: {letter:?}", place.is_ok());

    println!("received: {:?}", inbox.recv().await);
    let place = sender.reserve().await.expect("the inbox is open");
    place.send(letter); // no await: it can't be cancelled in between
    println!("received: {:?}", inbox.recv().await);
}
