//! A client that sends a byte now and then, against three time limits.

use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use tokio::io::AsyncBufReadExt;

const PATIENCE: Duration = Duration::from_secs(2);
const BETWEEN_BYTES: Duration = Duration::from_millis(100);
const LINE: &str = "20 lamps for the library\n"; // 25 bytes, more than a second

type ReadLine = fn(TcpStream) -> io::Result<String>;

fn main() -> io::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let address = listener.local_addr()?;
    let limits: [(&str, ReadLine); 3] = [
        ("a thread, for each read", each_read),
        ("a thread, for the line", whole_line),
        ("a task, for the line", in_a_task),
    ];
    for (limit, read_line) in limits {
        let client = thread::spawn(move || drip(TcpStream::connect(address)?));
        let (stream, _) = listener.accept()?;
        match read_line(stream) {
            Ok(line) => println!("{limit}: {} bytes", line.len()),
            Err(e) if matches!(e.kind(), ErrorKind::TimedOut | ErrorKind::WouldBlock) => {
                println!("{limit}: too slow");
            }
            Err(e) => return Err(e),
        }
        // It may have written to a closed connection: that is an error, and its business.
        let _ = client.join().expect("the client does not panic");
    }
    Ok(())
}

fn drip(mut stream: TcpStream) -> io::Result<()> {
    for byte in LINE.bytes() {
        thread::sleep(BETWEEN_BYTES);
        stream.write_all(&[byte])?;
    }
    Ok(())
}

fn each_read(stream: TcpStream) -> io::Result<String> {
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line)?;
    Ok(line)
}

fn whole_line(stream: TcpStream) -> io::Result<String> {
    let end = Instant::now() + PATIENCE;
    let mut reader = BufReader::new(stream);
    let mut line = Vec::new();
    while line.last() != Some(&b'\n') {
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(ErrorKind::TimedOut.into()); // a limit of zero is not allowed
        }
        reader.get_ref().set_read_timeout(Some(left))?;
        let mut byte = [0];
        reader.read_exact(&mut byte)?;
        line.push(byte[0]);
    }
    String::from_utf8(line).map_err(|_| ErrorKind::InvalidData.into())
}

#[tokio::main(flavor = "current_thread")]
async fn in_a_task(stream: TcpStream) -> io::Result<String> {
    stream.set_nonblocking(true)?; // tokio asks for that
    let mut reader = tokio::io::BufReader::new(tokio::net::TcpStream::from_std(stream)?);
    let mut line = String::new();
    tokio::time::timeout(PATIENCE, reader.read_line(&mut line)).await??;
    Ok(line)
}
