//! The same questions to both echo servers.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::thread;
use std::time::Duration;

use events_and_callbacks::Running;

/// Makes each story below a test of each server.
macro_rules! stories {
    ($($story:ident)*) => {
        mod callbacks {
            $(#[test] fn $story() {
                super::$story(events_and_callbacks::Running::callbacks().expect("it can listen"));
            })*
        }
        mod tasks {
            $(#[test] fn $story() {
                super::$story(events_and_callbacks::Running::tasks().expect("it can listen"));
            })*
        }
    };
}

stories! {
    sends_back_what_a_client_sends
    serves_many_clients_interleaved
    serves_others_while_a_client_has_sent_half_a_line
    sends_what_is_left_after_the_client_has_sent_its_last_byte
    waits_for_a_client_that_reads_slowly
    serves_others_while_a_client_does_not_read
    outlives_a_reset
    uses_places_again
    stops_while_clients_are_connected
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
    let sent = bytes(60_000); // many buffers of the server, and so little that nobody waits
    client.write_all(&sent).expect("the server reads");
    client.shutdown(Shutdown::Write).expect("it is connected");
    let mut received = Vec::new();
    client
        .read_to_end(&mut received)
        .expect("the server closes");
    assert!(received == sent);
    assert_eq!(server.stop().expect("it serves to the end"), 0);
}

/// More than the buffers of all four sockets hold, so neither side can write all at once.
fn waits_for_a_client_that_reads_slowly(server: Running) {
    let mut client = connect(&server);
    let sent = bytes(64 << 20);

    // The client writes and does not read, until it can write no more: the server has stopped
    // reading, because it cannot write.
    let written = write_until_full(&mut client, &sent);
    assert!(written < sent.len());

    // Now it reads, in small pieces, while another thread writes the rest.
    let mut writer = client.try_clone().expect("it is connected");
    let (received, sent) = thread::scope(|scope| {
        let sent = &sent;
        scope.spawn(move || {
            writer
                .write_all(&sent[written..])
                .expect("the server reads");
            writer.shutdown(Shutdown::Write).expect("it is connected");
        });
        let mut received = Vec::new();
        let mut piece = [0; 1000];
        loop {
            match client.read(&mut piece).expect("the server writes") {
                0 => break,
                count => received.extend_from_slice(&piece[..count]),
            }
        }
        (received, sent)
    });
    assert!(received == *sent);
    assert_eq!(server.stop().expect("it serves to the end"), 0);
}

fn serves_others_while_a_client_does_not_read(server: Running) {
    let mut deaf = connect(&server);
    let written = write_until_full(&mut deaf, &bytes(64 << 20));
    assert!(written < 64 << 20);

    let mut client = connect(&server);
    client.write_all(b"hello").expect("the server reads");
    assert_eq!(receive(&mut client, 5), b"hello");
    assert_eq!(server.stop().expect("it serves to the end"), 0);
}

fn outlives_a_reset(server: Running) {
    let mut client = connect(&server);
    for _ in 0..20 {
        reset(server.address).expect("the server accepts");
        // The server goes on for others.
        client.write_all(b"hello").expect("the server reads");
        assert_eq!(receive(&mut client, 5), b"hello");
    }
    // The kernel may tell of a reset late.
    assert!(server.stop().expect("it serves to the end") <= 20);
}

fn uses_places_again(server: Running) {
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

fn connect(server: &Running) -> TcpStream {
    let client = TcpStream::connect(server.address).expect("the server listens");
    // A server that forgets a client fails its test instead of holding it up forever.
    client
        .set_read_timeout(Some(Duration::from_secs(50)))
        .expect("it is not zero");
    client
}

fn receive(client: &mut TcpStream, count: usize) -> Vec<u8> {
    let mut received = vec![0; count];
    client
        .read_exact(&mut received)
        .expect("the server answers");
    received
}

/// Bytes in which a missing or a doubled piece shows.
fn bytes(count: u32) -> Vec<u8> {
    (0..count)
        .map(|number| (number.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect()
}

/// Writes until the socket has taken nothing for a while, and returns how much it took.
fn write_until_full(client: &mut TcpStream, bytes: &[u8]) -> usize {
    client.set_nonblocking(true).expect("it is connected");
    let mut written = 0;
    let mut refused = 0;
    while refused < 20 && written < bytes.len() {
        match client.write(&bytes[written..]) {
            Ok(count) => {
                written += count;
                refused = 0;
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                refused += 1;
                thread::sleep(Duration::from_millis(10));
            }
            Err(error) => panic!("the server reads or waits: {error}"),
        }
    }
    client.set_nonblocking(false).expect("it is connected");
    written
}

/// Connects, sends a byte, and ends the connection by a reset (RST) instead of a close (FIN).
fn reset(address: std::net::SocketAddr) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()?;
    runtime.block_on(async {
        let client = tokio::net::TcpStream::connect(address).await?;
        client.set_zero_linger()?;
        client.try_write(b"x")?;
        Ok(())
    })
}
