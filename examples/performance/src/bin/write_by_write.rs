//! Counts the writes that reach a socket, without a buffer and with one.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncWrite, AsyncWriteExt, BufWriter};

/// Stands for a socket, which asks the kernel at each write.
struct Socket {
    writes: u32,
}

impl AsyncWrite for Socket {
    fn poll_write(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.writes += 1;
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

async fn send_readings(mut socket: impl AsyncWrite + Unpin) -> io::Result<()> {
    for degrees in 0..1000 {
        socket.write_u16(degrees).await?;
    }
    socket.flush().await
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let mut socket = Socket { writes: 0 };
    send_readings(&mut socket).await?;
    println!("1000 readings: {} writes", socket.writes);

    let mut socket = Socket { writes: 0 };
    send_readings(BufWriter::new(&mut socket)).await?;
    println!("through a BufWriter: {} write", socket.writes);
    Ok(())
}
