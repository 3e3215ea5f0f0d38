//! A receiver of `broadcast` that is too slow is told how many messages it has lost.

use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

async fn listen(name: &str, mut radio: broadcast::Receiver<u32>) {
    loop {
        match radio.recv().await {
            Ok(song) => println!("{name}: song {song}"),
            Err(RecvError::Lagged(missed)) => println!("{name}: missed {missed}"),
            Err(RecvError::Closed) => break,
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (station, early) = broadcast::channel(2);
    for song in 1..=5 {
        let receivers = station.send(song).expect("there is a receiver");
        assert_eq!(receivers, 1);
    }
    let late = station.subscribe();
    station.send(6).expect("there is a receiver");
    drop(station);
    listen("early", early).await;
    listen("late", late).await;
}
