use std::thread::sleep;
use std::time::Duration;

#[tokio::main]
async fn main() {
    sleep(Duration::from_secs(1)).await;
    println!("the desk opens");
}
