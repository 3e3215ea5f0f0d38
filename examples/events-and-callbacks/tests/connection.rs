//! One connection of the server with callbacks, on a socket that says what the test wants.

use std::collections::VecDeque;
use std::io::{self, ErrorKind, Read, Write};

use events_and_callbacks::{Connection, Next};
use mio::Interest;

/// Answers each call with the next of these.
#[derive(Default)]
struct Socket {
    reads: VecDeque<Result<&'static [u8], ErrorKind>>,
    /// How many bytes each write takes.
    writes: VecDeque<Result<usize, ErrorKind>>,
    written: Vec<u8>,
}

impl Read for Socket {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.reads.pop_front().expect("no read after WouldBlock")?;
        buffer[..bytes.len()].copy_from_slice(bytes);
        Ok(bytes.len())
    }
}

impl Write for Socket {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = self
            .writes
            .pop_front()
            .expect("no write after WouldBlock")?;
        let taken = taken.min(bytes.len());
        self.written.extend_from_slice(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

const READABLE: Next = Next::Wait(Interest::READABLE);
const WRITABLE: Next = Next::Wait(Interest::WRITABLE);

#[test]
fn an_event_without_a_byte_is_no_error() {
    let mut socket = Socket::default();
    let mut connection = Connection::new();
    for _ in 0..3 {
        socket.reads.push_back(Err(ErrorKind::WouldBlock));
        assert_eq!(connection.advance(&mut socket).expect("it waits"), READABLE);
    }
}

#[test]
fn reads_until_there_is_no_more() {
    let mut socket = Socket::default();
    socket.reads.extend([
        Ok(b"one".as_slice()),
        Ok(b"two"),
        Err(ErrorKind::WouldBlock),
    ]);
    socket.writes.extend([Ok(3), Ok(3)]);
    let next = Connection::new().advance(&mut socket).expect("it waits");
    assert_eq!(next, READABLE);
    assert_eq!(socket.written, b"onetwo");
}

#[test]
fn writes_the_rest_before_it_reads_on() {
    let mut socket = Socket::default();
    let mut connection = Connection::new();
    socket.reads.push_back(Ok(b"abcdef"));
    socket
        .writes
        .extend([Ok(2), Ok(1), Err(ErrorKind::WouldBlock)]);
    assert_eq!(connection.advance(&mut socket).expect("it waits"), WRITABLE);
    assert_eq!(socket.written, b"abc");

    // Writable after all? Not yet.
    socket.writes.push_back(Err(ErrorKind::WouldBlock));
    assert_eq!(connection.advance(&mut socket).expect("it waits"), WRITABLE);

    // Now. What the client sent meanwhile was reported before, or never: it is read without an
    // event of its own.
    socket.writes.extend([Ok(3), Ok(2)]);
    socket
        .reads
        .extend([Ok(b"gh".as_slice()), Err(ErrorKind::WouldBlock)]);
    assert_eq!(connection.advance(&mut socket).expect("it waits"), READABLE);
    assert_eq!(socket.written, b"abcdefgh");
}

#[test]
fn closes_after_the_last_byte_is_written() {
    let mut socket = Socket::default();
    let mut connection = Connection::new();
    socket.reads.extend([Ok(b"bye".as_slice()), Ok(b"")]);
    socket.writes.extend([Ok(1), Err(ErrorKind::WouldBlock)]);
    assert_eq!(connection.advance(&mut socket).expect("it waits"), WRITABLE);
    socket.writes.push_back(Ok(2));
    assert_eq!(
        connection.advance(&mut socket).expect("it closes"),
        Next::Close
    );
    assert_eq!(socket.written, b"bye");
}

#[test]
fn goes_on_after_a_signal() {
    let mut socket = Socket::default();
    socket.reads.extend([
        Err(ErrorKind::Interrupted),
        Ok(b"a".as_slice()),
        Err(ErrorKind::WouldBlock),
    ]);
    socket.writes.extend([Err(ErrorKind::Interrupted), Ok(1)]);
    let next = Connection::new().advance(&mut socket).expect("it waits");
    assert_eq!(next, READABLE);
    assert_eq!(socket.written, b"a");
}

#[test]
fn a_reset_is_an_error() {
    let mut socket = Socket::default();
    socket.reads.push_back(Err(ErrorKind::ConnectionReset));
    let error = Connection::new().advance(&mut socket).expect_err("a reset");
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);

    let mut socket = Socket::default();
    socket.reads.push_back(Ok(b"a"));
    socket.writes.push_back(Err(ErrorKind::BrokenPipe));
    let error = Connection::new()
        .advance(&mut socket)
        .expect_err("nobody reads");
    assert_eq!(error.kind(), ErrorKind::BrokenPipe);
}
