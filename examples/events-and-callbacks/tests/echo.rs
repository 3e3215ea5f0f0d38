//! The same questions to both echo servers.
//!
//! None of them depends on time, nor on how much the kernel's buffers hold.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::ops::Range;
use std::panic::resume_unwind;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use events_and_callbacks::{Connection, EventLoop, Next, Running};
use mio::Interest;
use tokio::runtime::{Builder, Handle};

/// Makes each story below a test of each server.
macro_rules! stories {
    ($($story:ident)*) => {
        mod callbacks {
            $(#[test] fn $story() {
                let server = super::Running::callbacks().expect("it can listen");
                super::to_its_end(|| super::$story(server));
            })*
        }
        mod tasks {
            $(#[test] fn $story() {
                let server = super::Running::tasks().expect("it can listen");
                super::to_its_end(|| super::$story(server));
            })*
        }
    };
}

stories! {
    sends_back_what_a_client_sends
    serves_many_clients_interleaved
    serves_others_while_a_client_has_sent_half_a_line
    sends_what_is_left_after_the_client_has_sent_its_last_byte
    waits_for_a_client_that_does_not_read
    sends_and_receives_while_the_client_reads_slowly
    outlives_a_reset
    serves_one_client_after_another
    stops_while_clients_are_connected
}

/// Runs a story. One that does not end, because the server has forgotten a client, fails.
fn to_its_end(story: impl FnOnce() + Send + 'static) {
    let (done, ended) = channel();
    let story = thread::spawn(move || {
        story();
        done.send(()).expect("the test waits");
    });
    match ended.recv_timeout(Duration::from_secs(50)) {
        Ok(()) => {}
        Err(RecvTimeoutError::Timeout) => panic!("the story does not end"),
        Err(RecvTimeoutError::Disconnected) => {
            resume_unwind(story.join().expect_err("it ended without a word"))
        }
    }
}

fn sends_back_what_a_client_sends(server: Running) {
    let mut client = connect(&server);
    client.write_all(b"hello").expect("the server reads");
    assert_eq!(receive(&mut client, 5), b"hello");
    client.write_all(b"again").expect("the server reads");
    assert_eq!(receive(&mut client, 5), b"again");
    assert_eq!(server.stop().expect("it serves to the end"), 0);
}

fn serves_many_clients_interleaved(server: Running) {
    let mut clients: Vec<TcpStream> = (0..50).map(|_| connect(&server)).collect();
    for round in 0..5_u8 {
        // All send before the first of them receives.
        for (client, number) in clients.iter_mut().zip(0..) {
            client
                .write_all(&[round, number])
                .expect("the server reads");
        }
        for (client, number) in clients.iter_mut().zip(0..) {
            assert_eq!(receive(client, 2), [round, number]);
        }
    }
    assert_eq!(server.stop().expect("it serves to the end"), 0);
}

fn serves_others_while_a_client_has_sent_half_a_line(server: Running) {
    let mut slow = connect(&server);
    slow.write_all(b"half a ").expect("the server reads");

    let mut quick = connect(&server);
    quick.write_all(b"whole\n").expect("the server reads");
    assert_eq!(receive(&mut quick, 6), b"whole\n");

    slow.write_all(b"line\n").expect("the server reads");
    assert_eq!(receive(&mut slow, 12), b"half a line\n");
    assert_eq!(server.stop().expect("it serves to the end"), 0);
}

fn sends_what_is_left_after_the_client_has_sent_its_last_byte(server: Running) {
    let mut client = connect(&server);
    let received = receive_while_sending(&mut client, 0..60_000, 4096);
    assert!(received == bytes(0..60_000));
    assert_eq!(server.stop().expect("it serves to the end"), 0);
}

fn waits_for_a_client_that_does_not_read(server: Running) {
    let mut deaf = connect(&server);
    let mut other = connect(&server);
    for _ in 0..2 {
        // The client writes and does not read. When the server can write no more, it stops
        // reading, and at last the client can write no more. Others are served.
        let written = write_until_refused(&mut deaf, &mut other);

        // Then it reads all, and the server goes on.
        let received = receive(&mut deaf, written as usize);
        assert!(received == bytes(0..written));

        // Now nothing is on its way: the server waits for something to read again.
        deaf.write_all(b"hello").expect("the server reads");
        assert_eq!(receive(&mut deaf, 5), b"hello");
    }
    assert_eq!(server.stop().expect("it serves to the end"), 0);
}

fn sends_and_receives_while_the_client_reads_slowly(server: Running) {
    let mut client = connect(&server);
    let received = receive_while_sending(&mut client, 0..8 << 20, 1000);
    assert!(received == bytes(0..8 << 20));
    assert_eq!(server.stop().expect("it serves to the end"), 0);
}

fn outlives_a_reset(server: Running) {
    let mut client = connect(&server);
    for _ in 0..20 {
        let mut other = connect(&server);
        other.write_all(b"x").expect("it is connected");
        reset(other).expect("it is connected");
        // The server goes on for others.
        client.write_all(b"hello").expect("the server reads");
        assert_eq!(receive(&mut client, 5), b"hello");
    }
    // The kernel may tell of a reset late. That it counts, the tests at the end show.
    assert!(server.stop().expect("it serves to the end") <= 20);
}

fn serves_one_client_after_another(server: Running) {
    for _ in 0..100 {
        let mut client = connect(&server);
        client.write_all(b"hello").expect("the server reads");
        client.shutdown(Shutdown::Write).expect("it is connected");
        let mut received = Vec::new();
        client
            .read_to_end(&mut received)
            .expect("the server closes");
        assert_eq!(received, b"hello");
    }
    assert_eq!(server.stop().expect("it serves to the end"), 0);
}

fn stops_while_clients_are_connected(server: Running) {
    let mut client = connect(&server);
    client.write_all(b"hello").expect("the server reads");
    assert_eq!(receive(&mut client, 5), b"hello");

    assert_eq!(server.stop().expect("it serves to the end"), 0);
    assert_eq!(client.read(&mut [0]).expect("a close, not a reset"), 0);
}

#[test]
fn callbacks_count_a_reset() -> io::Result<()> {
    let (client, server) = connected()?;
    server.set_nonblocking(true)?;
    let server = mio::net::TcpStream::from_std(server);
    let mut connection = Connection::new();
    let mut event_loop = EventLoop::new()?;
    event_loop.watch(server, Interest::READABLE, move |event_loop, server| {
        let next = connection.advance(server);
        if !matches!(next, Ok(Next::Wait(_))) {
            event_loop.stop(Ok(()));
        }
        next
    })?;
    reset(client)?;
    to_its_end(|| {
        let report = event_loop.run().expect("a reset does not end the loop");
        assert_eq!(report.failed, 1);
    });
    Ok(())
}

#[test]
fn tasks_count_a_reset() {
    let story = async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let shutdown = async {
            let client = tokio::net::TcpStream::connect(address).await;
            let client = client.expect("the server listens");
            let tasks = || Handle::current().metrics().num_alive_tasks();
            while tasks() == 0 {
                tokio::task::yield_now().await; // until the server has accepted
            }
            client.set_zero_linger().expect("it is connected");
            drop(client);
            while tasks() > 0 {
                tokio::task::yield_now().await; // until the connection has ended
            }
            tokio::task::yield_now().await; // here the server looks how it has ended
        };
        events_and_callbacks::tasks::serve(listener, shutdown).await
    };
    to_its_end(|| {
        let runtime = Builder::new_current_thread().enable_io().build();
        let failed = runtime
            .expect("the system gives a selector")
            .block_on(story);
        assert_eq!(failed.expect("it serves to the end"), 1);
    });
}

fn connect(server: &Running) -> TcpStream {
    TcpStream::connect(server.address).expect("the server listens")
}

/// Both ends of a connection.
fn connected() -> io::Result<(TcpStream, TcpStream)> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    let client = TcpStream::connect(listener.local_addr()?)?;
    let (server, _) = listener.accept()?;
    Ok((client, server))
}

fn receive(client: &mut TcpStream, count: usize) -> Vec<u8> {
    let mut received = vec![0; count];
    client
        .read_exact(&mut received)
        .expect("the server answers");
    received
}

/// Bytes in which a missing or a doubled piece shows.
fn bytes(range: Range<u32>) -> Vec<u8> {
    range
        .map(|number| (number.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect()
}

/// Sends these bytes, and then that it sends no more, on another thread. Receives meanwhile, at
/// most `piece` bytes at a time, until the server closes.
fn receive_while_sending(client: &mut TcpStream, range: Range<u32>, piece: usize) -> Vec<u8> {
    let mut writer = client.try_clone().expect("it is connected");
    thread::scope(|scope| {
        scope.spawn(move || {
            writer.write_all(&bytes(range)).expect("the server reads");
            writer.shutdown(Shutdown::Write).expect("it is connected");
        });
        let mut received = Vec::new();
        let mut piece = vec![0; piece];
        loop {
            match client.read(&mut piece).expect("the server writes") {
                0 => return received,
                count => received.extend_from_slice(&piece[..count]),
            }
        }
    })
}

/// Writes the bytes from number 0, until the kernel has refused to take more for as long as the
/// server has served `other` a hundred times. Returns how many bytes the kernel took.
fn write_until_refused(client: &mut TcpStream, other: &mut TcpStream) -> u32 {
    client.set_nonblocking(true).expect("it is connected");
    let mut written = 0;
    let mut refused = 0;
    while refused < 100 {
        match client.write(&bytes(written..written + 4096)) {
            Ok(count) => {
                written += u32::try_from(count).expect("it is at most 4096");
                refused = 0;
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                refused += 1;
                other.write_all(b"hello").expect("the server reads");
                assert_eq!(receive(other, 5), b"hello");
            }
            Err(error) => panic!("the server reads or waits: {error}"),
        }
    }
    client.set_nonblocking(false).expect("it is connected");
    written
}

/// Ends a connection by a reset (RST) instead of a close (FIN).
fn reset(client: TcpStream) -> io::Result<()> {
    client.set_nonblocking(true)?;
    let runtime = Builder::new_current_thread().enable_io().build()?;
    let _inside = runtime.enter();
    tokio::net::TcpStream::from_std(client)?.set_zero_linger()
}
