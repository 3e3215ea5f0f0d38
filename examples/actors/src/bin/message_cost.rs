//! What a message costs, beside a lock: each adds one to a number, on one thread.

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

fn report(what: &str, start: Instant) -> Duration {
    let each = start.elapsed() / ROUNDS;
    eprintln!("{what}: {} ns", each.as_nanos());
    each
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let count = Mutex::new(0);
    let start = Instant::now();
    for _ in 0..ROUNDS {
        *black_box(&count).lock().expect("nobody panics") += 1;
    }
    let lock = report("lock", start);

    for room in [100, 1] {
        let (counter, _running) = spawn(Counter(0), room);
        let start = Instant::now();
        for _ in 0..ROUNDS {
            counter.send(Add(None)).await.map_err(|_| "closed")?;
        }
        report(&format!("message, room for {room}"), start);
    }

    let (counter, _running) = spawn(Counter(0), 100);
    let start = Instant::now();
    for _ in 0..ROUNDS {
        counter.ask(|reply| Add(Some(reply))).await?;
    }
    let request = report("request and reply", start);
    println!("over 5 times a lock: {}", request > 5 * lock);
    Ok(())
}
