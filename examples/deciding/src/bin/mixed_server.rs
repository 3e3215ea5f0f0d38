//! Tasks at the edge, a semaphore behind them, and a pool of threads that computes.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use rayon::{ThreadPool, ThreadPoolBuilder};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufStream};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

const WORKERS: usize = 2;
const ADMITTED: usize = 4; // jobs that run or wait for a worker
const REQUESTS: usize = 7;
const PINGS: u32 = 100;

static ANSWERED_PINGS: AtomicU32 = AtomicU32::new(0);

/// Computes without a pause until 100 pings have been answered meanwhile.
fn job() -> &'static str {
    let mut hash = 1_u64;
    while ANSWERED_PINGS.load(Ordering::Relaxed) < PINGS {
        hash = (hash ^ 7).wrapping_mul(0x0100_0000_01b3);
    }
    std::hint::black_box(hash);
    "done"
}

async fn compute(pool: &ThreadPool, permit: OwnedSemaphorePermit) -> &'static str {
    let (send, receive) = oneshot::channel();
    pool.spawn(move || {
        let _permit = permit; // given back when the job ends, even if its client has gone
        // If nobody waits any more, nobody needs the result.
        let _ = send.send(job());
    });
    receive.await.unwrap_or("failed") // the job panicked, and the sender was dropped
}

async fn serve(stream: TcpStream, pool: Arc<ThreadPool>, room: Arc<Semaphore>) -> io::Result<()> {
    let mut stream = BufStream::new(stream);
    let mut line = String::new();
    while stream.read_line(&mut line).await? > 0 {
        let reply = match line.trim() {
            "ping" => {
                ANSWERED_PINGS.fetch_add(1, Ordering::Relaxed);
                "pong"
            }
            "compute" => match Arc::clone(&room).try_acquire_owned() {
                Ok(permit) => compute(&pool, permit).await,
                Err(_) => "busy",
            },
            _ => "send ping or compute",
        };
        stream.write_all(format!("{reply}\n").as_bytes()).await?;
        stream.flush().await?;
        line.clear();
    }
    Ok(())
}

async fn ask(stream: &mut BufStream<TcpStream>, request: &str) -> io::Result<String> {
    stream.write_all(format!("{request}\n").as_bytes()).await?;
    stream.flush().await?;
    let mut reply = String::new();
    stream.read_line(&mut reply).await?;
    Ok(reply.trim().to_owned())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let pool = ThreadPoolBuilder::new()
        .num_threads(WORKERS)
        .panic_handler(|_| {}) // the panic's message is printed, and the process goes on
        .build()?;
    let (pool, room) = (Arc::new(pool), Arc::new(Semaphore::new(ADMITTED)));
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let edge = tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream, Arc::clone(&pool), Arc::clone(&room)));
        }
    });

    let (replies, mut received) = tokio::sync::mpsc::channel(REQUESTS);
    for _ in 0..REQUESTS {
        let replies = replies.clone();
        tokio::spawn(async move {
            let mut stream = BufStream::new(TcpStream::connect(address).await?);
            let reply = ask(&mut stream, "compute").await?;
            // `main` receives as many replies as there are requests.
            let _ = replies.send(reply).await;
            io::Result::Ok(())
        });
    }
    drop(replies);

    for _ in ADMITTED..REQUESTS {
        println!("{}", received.recv().await.ok_or("a client failed")?);
    }
    let mut heart = BufStream::new(TcpStream::connect(address).await?);
    for _ in 0..PINGS {
        assert!(received.is_empty(), "a job ended before the last ping");
        assert_eq!(ask(&mut heart, "ping").await?, "pong");
    }
    println!("{PINGS} pings answered while {ADMITTED} jobs wait or run");
    while let Some(reply) = received.recv().await {
        println!("{reply}");
    }
    edge.abort();
    Ok(())
}
