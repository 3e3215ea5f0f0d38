//! What lies in the buffer of a `BufWriter` has not been sent.

use std::time::Duration;

use tokio::io::{self, AsyncReadExt, AsyncWriteExt, BufWriter};
use tokio::time::timeout;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> io::Result<()> {
    let (client, mut server) = io::duplex(1024);
    let mut client = BufWriter::new(client);
    client.write_all(b"two lamps").await?;

    let mut order = [0; 9];
    let hour = Duration::from_secs(3600); // on the paused clock
    let read = timeout(hour, server.read_exact(&mut order)).await;
    println!("{}", read.expect_err("the order does not come"));
    println!("in the client's buffer: {} bytes", client.buffer().len());
    Ok(())
}
