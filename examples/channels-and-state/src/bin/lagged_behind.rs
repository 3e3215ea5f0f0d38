//! A receiver of a broadcast that comes too late.

use tokio::sync::broadcast;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (station, mut listener) = broadcast::channel(2);
    for song in 1..=5 {
        station.send(song).expect("there is a listener");
    }
    if let Err(error) = listener.recv().await {
        println!("{error}");
    }
    println!("then: {:?}", listener.recv().await);
}
