//! What a message costs, beside a lock: each adds one to a number, on one thread.

use std::error::Error;
use std::hint::black_box;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use actors::{Actor, spawn};
use tokio::sync::oneshot;

const ROUNDS: u32 = 100_000;

struct Counter(u32);

enum Message {
    Add,
    AddAndGet(oneshot::Sender<u32>),
}

impl Actor for Counter {
    type Message = Message;

    async fn handle(&mut self, message: Message) {
        self.0 += 1;
        if let Message::AddAndGet(reply) = message {
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
    let start = Instant::now();
    let count = Mutex::new(0);
    for _ in 0..ROUNDS {
        *black_box(&count).lock().expect("nobody panics") += 1;
    }
    let lock = report("lock", start);

    for room in [100, 1] {
        let (counter, running) = spawn(Counter(0), room);
        let start = Instant::now();
        for _ in 0..ROUNDS {
            counter.send(Message::Add).await.map_err(|_| "closed")?;
        }
        report(&format!("message, room for {room}"), start);
        assert_eq!(running.stop().await?.0, ROUNDS);
    }

    let (counter, running) = spawn(Counter(0), 100);
    let start = Instant::now();
    for _ in 0..ROUNDS {
        counter.ask(Message::AddAndGet).await?;
    }
    let request = report("request and reply", start);
    assert_eq!(running.stop().await?.0, ROUNDS);

    println!("over 5 times a lock: {}", request > 5 * lock);
    println!("under 100 us: {}", request < Duration::from_micros(100));
    Ok(())
}
