//! Detaches a thread, and ends while that thread has something left to do.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

struct Log;

impl Drop for Log {
    fn drop(&mut self) {
        println!("log: complete");
    }
}

fn main() {
    let (to_writer, lines) = mpsc::channel();
    let (written, to_main) = mpsc::channel();

    let writer = thread::spawn(move || {
        let _log = Log;
        let line: &str = lines.recv().expect("main sends a line");
        println!("log: {line}");
        written.send(()).expect("main waits for this");
        thread::sleep(Duration::from_secs(3600));
    });

    drop(writer); // detaches the thread; it goes on
    to_writer
        .send("21 degrees")
        .expect("the writer waits for this");
    to_main.recv().expect("the writer answers");
    println!("main: returns");
}
