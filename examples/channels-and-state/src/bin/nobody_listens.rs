//! A broadcast needs a receiver at the moment of the `send`.

use tokio::sync::broadcast;

fn main() {
    let (station, _) = broadcast::channel(16);
    if let Err(error) = station.send("news") {
        println!("{error}");
    }
    let listener = station.subscribe();
    println!("received by {:?}", station.send("weather"));
    drop(listener);
}
