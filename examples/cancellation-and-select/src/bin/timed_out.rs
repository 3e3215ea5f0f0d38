//! What the error of a `timeout` says.

use std::time::Duration;

use tokio::time;

async fn fetch(page: &str) -> Result<usize, String> {
    time::sleep(Duration::from_secs(30)).await; // a server that is slow today
    Ok(page.len())
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let limit = Duration::from_secs(5);
    let fetched = time::timeout(limit, fetch("menu")).await;
    let error = fetched.expect_err("5 s are not enough");
    println!("{error}");
    println!("{error:?}");
}
