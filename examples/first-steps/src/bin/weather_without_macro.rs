//! What `#[tokio::main]` makes of an async `main`: an ordinary one that runs a future.

use std::time::Duration;

use tokio::runtime::Builder;
use tokio::time;

async fn temperature(station: &str) -> i32 {
    time::sleep(Duration::from_millis(10)).await;
    if station == "harbor" { 21 } else { 18 }
}

fn main() {
    let runtime = Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime needs a few threads");
    runtime.block_on(async {
        let degrees = temperature("harbor").await;
        println!("harbor: {degrees} degrees");
    });
}
