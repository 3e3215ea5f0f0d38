//! Bytes that are lost with a dropped `read_exact`.

use std::time::Duration;

use tokio::io::{self, AsyncReadExt, AsyncWriteExt};
use tokio::time;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> io::Result<()> {
    let (mut client, mut server) = io::duplex(64);
    client.write_all(b"he").await?; // the rest comes later

    let mut word = [0; 5];
    let limit = Duration::from_secs(1);
    let first = time::timeout(limit, server.read_exact(&mut word)).await;
    println!("first attempt: in time: {}", first.is_ok());

    client.write_all(b"llo world").await?;
    server.read_exact(&mut word).await?;
    println!("second attempt: {}", String::from_utf8_lossy(&word));
    Ok(())
}
