//! Asks one station for the temperature and prints it.

use std::time::Duration;

use tokio::time;

async fn temperature(station: &str) -> i32 {
    time::sleep(Duration::from_millis(10)).await; // the station takes its time
    if station == "harbor" { 21 } else { 18 }
}

#[tokio::main]
async fn main() {
    let degrees = temperature("harbor").await;
    println!("harbor: {degrees} degrees");
}
