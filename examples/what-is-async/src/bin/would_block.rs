//! A read that does not block: the kernel answers at once, also when there is nothing to read.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};

fn main() -> io::Result<()> {
    // One thread holds both ends of a connection: ours and the sensor's.
    let listener = TcpListener::bind("127.0.0.1:0")?; // port 0: the kernel picks a free one
    let mut ours = TcpStream::connect(listener.local_addr()?)?; // the kernel connects it
    let (mut sensor, _) = listener.accept()?; // even before this call

    ours.set_nonblocking(true)?;
    let mut degrees = [0];
    for _ in 0..1000 {
        let answer = ours.read(&mut degrees).map_err(|error| error.kind());
        assert_eq!(answer, Err(ErrorKind::WouldBlock));
    }
    println!("asked 1000 times: {:?}", ErrorKind::WouldBlock);

    sensor.write_all(&[21])?;
    // The byte is on its way. Ask until it is there.
    loop {
        match ours.read(&mut degrees) {
            Ok(0) => return Err(ErrorKind::UnexpectedEof.into()), // the sensor hung up
            Ok(count) => {
                println!("read {count} byte: {} degrees", degrees[0]);
                return Ok(());
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
}
