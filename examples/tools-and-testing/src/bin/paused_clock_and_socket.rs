//! A paused clock does not wait for the network.

use std::io::Write;
use std::time::Duration;
use std::{io, net};

use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio::time::timeout;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> io::Result<()> {
    let listener = net::TcpListener::bind("127.0.0.1:0")?;
    let mut client = TcpStream::connect(listener.local_addr()?).await?;
    let (mut server, _) = listener.accept()?;

    let hour = Duration::from_secs(3600);
    let read = timeout(hour, client.read_u8()).await;
    println!("{}", read.expect_err("the server has not had a moment"));

    server.write_all(&[60])?;
    println!("price: {}", client.read_u8().await?);
    Ok(())
}
