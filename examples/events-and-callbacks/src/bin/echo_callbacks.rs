//! The echo server with callbacks, and two clients.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};

use events_and_callbacks::Running;

fn main() -> io::Result<()> {
    let server = Running::callbacks()?;
    let mut ann = TcpStream::connect(server.address)?;
    let mut bob = TcpStream::connect(server.address)?;

    ann.write_all(b"half a ")?; // ann sends half a line, and waits
    bob.write_all(b"a whole line")?;
    println!("bob got: {}", receive(&mut bob, 12)?);

    ann.write_all(b"line")?;
    ann.shutdown(Shutdown::Write)?; // ann's last byte is sent
    let mut rest = String::new();
    ann.read_to_string(&mut rest)?; // until the server closes too
    println!("ann got: {rest}");

    println!("connections that failed: {}", server.stop()?);
    Ok(())
}

/// Waits for `count` bytes of text.
fn receive(client: &mut TcpStream, count: u64) -> io::Result<String> {
    let mut text = String::new();
    // `take` ends the reading after so many bytes.
    client.take(count).read_to_string(&mut text)?;
    Ok(text)
}
