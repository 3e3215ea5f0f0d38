//! The order service with a task for each connection.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use deciding::{CLIENTS, run_clients};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Barrier, oneshot};
use tokio::task::{self, JoinSet};
use tokio::time::timeout;

const PATIENCE: Duration = Duration::from_secs(5);
const LONGEST_LINE: u64 = 64; // bytes

struct Service {
    backend: Barrier,
    prices: AtomicU32,
}

impl Service {
    async fn run(
        self: Arc<Self>,
        listener: TcpListener,
        mut stop: oneshot::Receiver<()>,
    ) -> io::Result<()> {
        let mut connections = JoinSet::new();
        loop {
            tokio::select! {
                accepted = listener.accept() => {
                    let (stream, _) = accepted?;
                    connections.spawn(Arc::clone(&self).answer(stream));
                }
                // An error or a panic ends its connection, and no other. Taken out, it needs no room.
                Some(_) = connections.join_next() => {}
                _ = &mut stop => break,
            }
        }
        while connections.join_next().await.is_some() {}
        Ok(())
    }

    async fn answer(self: Arc<Self>, mut stream: TcpStream) -> io::Result<()> {
        let mut line = String::new();
        let mut reader = BufReader::new((&mut stream).take(LONGEST_LINE));
        timeout(PATIENCE, reader.read_line(&mut line)).await??;
        let reply = match line.trim().parse() {
            Ok(lamps) => format!("{lamps} lamps: {} euros\n", self.price(lamps).await),
            Err(_) => "send a number of lamps, such as 3\n".to_owned(),
        };
        stream.write_all(reply.as_bytes()).await
    }

    /// Asks the slow backend: here it answers when all clients have asked.
    async fn price(&self, lamps: u32) -> u64 {
        self.backend.wait().await;
        self.prices.fetch_add(1, Ordering::Relaxed);
        20 * u64::from(lamps)
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let service = Arc::new(Service {
        backend: Barrier::new(CLIENTS),
        prices: AtomicU32::new(0),
    });
    let (stop, stopped) = oneshot::channel();
    let running = task::spawn(Arc::clone(&service).run(listener, stopped));
    // The clients block, so they may not run on this thread.
    let clients = task::spawn_blocking(move || run_clients(address));
    clients.await.expect("the clients do not panic")?;
    stop.send(()).expect("the service runs until it is told");
    running.await.expect("the service does not panic")?;
    println!(
        "stopped after {} prices",
        service.prices.load(Ordering::Relaxed)
    );
    Ok(())
}
