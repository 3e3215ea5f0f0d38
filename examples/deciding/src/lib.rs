//! The clients of the order service, which the chapter "Deciding" writes twice.
//!
//! They are ordinary blocking code, the same for both services.

#![forbid(unsafe_code)]

use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::thread;

/// How many clients order at the same time. The backend answers when all of them have asked.
pub const CLIENTS: usize = 8;

/// Runs ten clients at the same time, and prints what each kind of them gets.
///
/// Eight order 1 to 8 lamps, one sends a line that is no number, and one sends nothing. That one
/// waits until the service closes the connection.
///
/// # Errors
///
/// When a client can't connect, write or read.
///
/// # Panics
///
/// When a client's thread can't be started.
pub fn run_clients(service: SocketAddr) -> io::Result<()> {
    thread::scope(|clients| {
        let silent = clients.spawn(|| ask(service, ""));
        let wrong = clients.spawn(|| ask(service, "three\n"));
        let orders: Vec<_> = (1..=CLIENTS)
            .map(|lamps| clients.spawn(move || ask(service, &format!("{lamps}\n"))))
            .collect();
        for order in orders {
            println!("{}", order.join().expect("a client does not panic")?);
        }
        println!("{}", wrong.join().expect("a client does not panic")?);
        let silent = silent.join().expect("a client does not panic")?;
        println!("the silent client got {} bytes", silent.len());
        Ok(())
    })
}

/// Connects, sends `request`, and returns the line that comes back, empty if there is none.
fn ask(service: SocketAddr, request: &str) -> io::Result<String> {
    let mut stream = TcpStream::connect(service)?;
    stream.write_all(request.as_bytes())?;
    let mut reply = String::new();
    BufReader::new(stream).read_line(&mut reply)?;
    Ok(reply.trim_end().to_owned())
}
