//! The same echo server as `async fn`.

use std::future::Future;
use std::io;
use std::pin::pin;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::is_of_one_client;

/// Serves until `shutdown` ends. Open connections are closed then. Returns how many connections
/// ended with an error before that.
///
/// # Errors
///
/// If the server can accept no more clients.
// ANCHOR: serve
pub async fn serve(listener: TcpListener, shutdown: impl Future<Output = ()>) -> io::Result<u64> {
    let mut shutdown = pin!(shutdown);
    let mut connections = JoinSet::new();
    let mut failed = 0;
    loop {
        tokio::select! {
            () = &mut shutdown => return Ok(failed),
            accepted = listener.accept() => match accepted {
                Ok((socket, _)) => {
                    connections.spawn(echo(socket));
                }
                Err(error) if is_of_one_client(&error) => {}
                Err(error) => return Err(error),
            },
            Some(ended) = connections.join_next() => {
                if !matches!(ended, Ok(Ok(()))) {
                    failed += 1;
                }
            }
        }
    }
}
// ANCHOR_END: serve

/// Sends back what comes, until the client has sent its last byte.
///
/// # Errors
///
/// If the connection broke.
// ANCHOR: echo
pub async fn echo(mut socket: TcpStream) -> io::Result<()> {
    let mut buffer = [0; 4096];
    loop {
        let count = socket.read(&mut buffer).await?;
        if count == 0 {
            return Ok(());
        }
        socket.write_all(&buffer[..count]).await?;
    }
}
// ANCHOR_END: echo
