//! A read that does not block: the kernel says at once if nothing is there.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

fn main() -> io::Result<()> {
    // One thread holds both ends of a connection: the sensor's and ours.
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let mut ours = TcpStream::connect(listener.local_addr()?)?;
    let (mut sensor, _) = listener.accept()?;

    ours.set_nonblocking(true)?;
    let mut degrees = [0];
    let error = ours
        .read_exact(&mut degrees)
        .expect_err("the sensor has sent nothing yet");
    println!("before the sensor sends: {:?}", error.kind());

    sensor.write_all(&[21])?;
    // The byte is on its way. Ask until it is there.
    while let Err(error) = ours.read_exact(&mut degrees) {
        assert_eq!(error.kind(), ErrorKind::WouldBlock);
        thread::yield_now();
    }
    println!("after the sensor has sent: {} degrees", degrees[0]);
    Ok(())
}
