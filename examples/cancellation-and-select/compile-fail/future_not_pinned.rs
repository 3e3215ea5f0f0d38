use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time;

#[tokio::main]
async fn main() {
    let (_send, mut readings) = mpsc::channel::<u32>(8);
    let mut alarm = time::sleep(Duration::from_secs(10));
    loop {
        tokio::select! {
            Some(reading) = readings.recv() => println!("{reading}"),
            () = &mut alarm => break,
        }
    }
}
