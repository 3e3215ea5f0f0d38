//! What an echo costs with callbacks and with tasks.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use events_and_callbacks::{Connection, Running, tasks};

const ECHOES: u32 = 2000;
const ROUNDS: usize = 5;

fn main() -> io::Result<()> {
    let mut with_callbacks = Duration::MAX;
    let mut with_tasks = Duration::MAX;
    for _ in 0..ROUNDS {
        with_callbacks = with_callbacks.min(time_of_an_echo(Running::callbacks()?)?);
        with_tasks = with_tasks.min(time_of_an_echo(Running::tasks()?)?);
    }
    let slower = with_callbacks.max(with_tasks);
    let faster = with_callbacks.min(with_tasks);
    println!(
        "one is five times as fast as the other: {}",
        slower >= faster * 5
    );

    eprintln!("echo with callbacks: {} ns", with_callbacks.as_nanos());
    eprintln!("echo with tasks: {} ns", with_tasks.as_nanos());
    eprintln!("state of a connection: {} bytes", size_of::<Connection>());
    eprintln!(
        "future of a connection: {} bytes",
        size_of_output(tasks::echo)
    );
    Ok(())
}

/// Sends a message and waits for it, again and again.
fn time_of_an_echo(server: Running) -> io::Result<Duration> {
    let mut client = TcpStream::connect(server.address)?;
    client.set_nodelay(true)?;
    let mut message = [7; 64];
    let start = Instant::now();
    for _ in 0..ECHOES {
        client.write_all(&message)?;
        client.read_exact(&mut message)?;
    }
    let time = start.elapsed();
    server.stop()?;
    Ok(time / ECHOES)
}

/// The size of what a function of one argument returns.
fn size_of_output<A, F>(_: impl Fn(A) -> F) -> usize {
    size_of::<F>()
}
