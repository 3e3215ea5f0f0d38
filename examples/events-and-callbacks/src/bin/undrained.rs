//! An event is reported once: what the program leaves unread is not reported again.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use mio::{Events, Interest, Poll, Token};

fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let mut client = TcpStream::connect(listener.local_addr()?)?;
    let (socket, _) = listener.accept()?;
    socket.set_nonblocking(true)?;
    let mut socket = mio::net::TcpStream::from_std(socket);

    let mut poll = Poll::new()?;
    let mut events = Events::with_capacity(8);
    poll.registry()
        .register(&mut socket, Token(7), Interest::READABLE)?;

    client.write_all(b"01234567")?;
    poll.poll(&mut events, None)?; // blocks until there is an event
    for event in &events {
        println!(
            "event: {:?}, readable: {}",
            event.token(),
            event.is_readable()
        );
    }

    let mut half = [0; 4];
    let count = socket.read(&mut half)?;
    println!("read {count} bytes of 8");

    poll.poll(&mut events, Some(Duration::from_millis(100)))?;
    println!("asked again: {} events", events.iter().count());

    let count = socket.read(&mut half)?;
    println!("read {count} bytes that nobody reported");
    let answer = socket.read(&mut half).map_err(|error| error.kind());
    println!("read once more: {:?}", answer.expect_err("all is read"));
    assert_eq!(answer, Err(ErrorKind::WouldBlock));
    Ok(())
}
