//! One thread is blocked in a read. The other goes on, and sends at last what the read waits for.

use std::hint::black_box;
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc;
use std::thread;

fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?; // port 0: the kernel picks a free one
    let mut sensor = TcpStream::connect(listener.local_addr()?)?;
    let (mut ours, _) = listener.accept()?;

    let (begin, begun) = mpsc::channel();
    let reader = thread::spawn(move || {
        begin.send(()).expect("main waits for it");
        let mut degrees = [0];
        ours.read_exact(&mut degrees)?; // blocks: nothing has been sent
        io::Result::Ok(degrees[0])
    });
    begun.recv().expect("the reader begins");

    let mut count = 0;
    while black_box(count) < 1_000_000 {
        count += 1;
    }
    println!("main: counted to {count}");
    println!("the read has returned: {}", reader.is_finished());

    sensor.write_all(&[21])?;
    let degrees = reader.join().expect("the reader does not panic")?;
    println!("the read returns {degrees}");
    Ok(())
}
