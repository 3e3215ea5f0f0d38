use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

async fn chat(mut socket: TcpStream) {
    tokio::spawn(async move {
        let mut buffer = [0; 1024];
        while let Ok(1..) = socket.read(&mut buffer).await {}
    });
    tokio::spawn(async move { socket.write_all(b"hello").await });
}

fn main() {}
