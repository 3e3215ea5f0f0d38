//! What a message costs, beside a lock: each adds one to a number.

use std::error::Error;
use std::hint::black_box;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use actors::{Actor, spawn};
use tokio::sync::oneshot;

const ROUNDS: u32 = 100_000;

struct Counter(u32);

struct Add(Option<oneshot::Sender<u32>>);

impl Actor for Counter {
    type Message = Add;

    async fn handle(&mut self, Add(reply): Add) {
        self.0 += 1;
        if let Some(reply) = reply {
            let _ = reply.send(self.0); // an error: nobody waits
        }
    }
}

fn report(what: &str, start: Instant, rounds: u32) -> Duration {
    let each = start.elapsed() / rounds;
    eprintln!("{what}: {} ns", each.as_nanos());
    each
}

async fn requests(what: &str, rounds: u32) -> Result<Duration, Box<dyn Error>> {
    let (counter, _running) = spawn(Counter(0), 100);
    let start = Instant::now();
    for _ in 0..rounds {
        counter.ask(|reply| Add(Some(reply))).await?;
    }
    Ok(report(what, start, rounds))
}

#[tokio::main(flavor = "current_thread")]
async fn on_one_thread() -> Result<Duration, Box<dyn Error>> {
    for room in [100, 1] {
        let (counter, _running) = spawn(Counter(0), room);
        let start = Instant::now();
        for _ in 0..ROUNDS {
            counter.send(Add(None)).await?;
        }
        report(&format!("message, room for {room}"), start, ROUNDS);
    }
    requests("request and reply", ROUNDS).await
}

// This function runs on the main thread, the actor on one of the workers.
#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn on_several_threads() -> Result<Duration, Box<dyn Error>> {
    requests("request to another thread, and reply", ROUNDS / 10).await
}

fn main() -> Result<(), Box<dyn Error>> {
    let count = Mutex::new(0);
    let start = Instant::now();
    for _ in 0..ROUNDS {
        *black_box(&count).lock().expect("nobody panics") += 1;
    }
    let lock = report("lock", start, ROUNDS);

    let request = on_one_thread()?;
    on_several_threads()?;
    println!("over 5 times a lock: {}", request > 5 * lock);
    Ok(())
}
