//! A channel of std blocks the thread on which the sender would run.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

#[tokio::main(flavor = "current_thread")]
async fn receive() -> Option<&'static str> {
    let (sender, files) = mpsc::channel();
    tokio::spawn(async move { sender.send("map.png") });
    files.recv().ok()
}

fn main() {
    let (done, watchdog) = mpsc::channel();
    thread::spawn(move || done.send(receive()));
    match watchdog.recv_timeout(Duration::from_millis(200)) {
        Ok(name) => println!("received {name:?}"),
        Err(_) => println!("recv still waits, and the sender has not run"),
    }
}
