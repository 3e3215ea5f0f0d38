//! The order service with a thread for each connection.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use deciding::{CLIENTS, run_clients};

const PATIENCE: Duration = Duration::from_secs(5);
const LONGEST_LINE: u64 = 64; // bytes

struct Service {
    backend: Barrier,
    stop: AtomicBool,
    prices: AtomicU32,
}

impl Service {
    fn run(&self, listener: &TcpListener) -> io::Result<()> {
        thread::scope(|connections| {
            loop {
                let (stream, _) = listener.accept()?;
                if self.stop.load(Ordering::Acquire) {
                    // `main` that wakes us, or a client that came too late. The scope waits for the
                    // others, and panics at its end if one of them has.
                    return Ok(());
                }
                connections.spawn(move || {
                    // An error ends this connection, and no other.
                    let _ = self.answer(&stream);
                });
            }
        })
    }

    fn answer(&self, mut stream: &TcpStream) -> io::Result<()> {
        stream.set_read_timeout(Some(PATIENCE))?;
        let mut line = String::new();
        BufReader::new(stream.take(LONGEST_LINE)).read_line(&mut line)?;
        let reply = match line.trim().parse() {
            Ok(lamps) => format!("{lamps} lamps: {} euros\n", self.price(lamps)),
            Err(_) => "send a number of lamps, such as 3\n".to_owned(),
        };
        stream.write_all(reply.as_bytes())
    }

    /// Asks the slow backend: here it answers when all clients have asked.
    fn price(&self, lamps: u32) -> u64 {
        self.backend.wait();
        self.prices.fetch_add(1, Ordering::Relaxed);
        20 * u64::from(lamps)
    }
}

fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let service = Service {
        backend: Barrier::new(CLIENTS),
        stop: AtomicBool::new(false),
        prices: AtomicU32::new(0),
    };
    thread::scope(|scope| {
        let running = scope.spawn(|| service.run(&listener));
        let clients = run_clients(address);
        service.stop.store(true, Ordering::Release);
        TcpStream::connect(address)?; // `accept` returns, and sees the flag
        running.join().expect("the service does not panic")?;
        clients
    })?;
    println!("stopped after {} prices", service.prices.into_inner());
    Ok(())
}
