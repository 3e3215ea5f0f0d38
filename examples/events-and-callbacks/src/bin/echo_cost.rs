//! What an echo costs with callbacks and with tasks.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use events_and_callbacks::{Connection, Running, tasks};

const CLIENTS: u32 = 50;
const ECHOES: u32 = 100; // for each client
const ROUNDS: usize = 5;

fn main() -> io::Result<()> {
    let mut with_callbacks = Duration::MAX;
    let mut with_tasks = Duration::MAX;
    for _ in 0..ROUNDS {
        let time = time_of_an_echo(Running::callbacks()?)?;
        with_callbacks = with_callbacks.min(time);
        let time = time_of_an_echo(Running::tasks()?)?;
        with_tasks = with_tasks.min(time);
    }
    let state = size_of::<Connection>();
    let future = size_of_output(tasks::echo);
    println!(
        "state and future differ by a tenth or more: {}",
        state.abs_diff(future) * 10 >= state
    );

    eprintln!("echo with callbacks: {} ns", with_callbacks.as_nanos());
    eprintln!("echo with tasks: {} ns", with_tasks.as_nanos());
    eprintln!("state of a connection: {state} bytes");
    eprintln!("future of a connection: {future} bytes");
    Ok(())
}

/// All clients send a message, then all wait for it. And again.
fn time_of_an_echo(server: Running) -> io::Result<Duration> {
    let mut clients = Vec::new();
    for _ in 0..CLIENTS {
        let client = TcpStream::connect(server.address)?;
        client.set_nodelay(true)?;
        clients.push(client);
    }
    let mut message = [7; 64];
    let start = Instant::now();
    for _ in 0..ECHOES {
        for client in &mut clients {
            client.write_all(&message)?;
        }
        for client in &mut clients {
            client.read_exact(&mut message)?;
        }
    }
    let time = start.elapsed();
    server.stop()?;
    Ok(time / (ECHOES * CLIENTS))
}

/// The size of what a function of one argument returns.
fn size_of_output<A, F>(_: impl Fn(A) -> F) -> usize {
    size_of::<F>()
}
