use std::time::Duration;

use tokio::task;
use tokio::time;

#[tokio::main]
async fn main() {
    let download = task::spawn(async { 42 });
    loop {
        tokio::select! {
            bytes = download => break println!("{bytes:?}"),
            () = time::sleep(Duration::from_secs(1)) => println!("still there"),
        }
    }
}
