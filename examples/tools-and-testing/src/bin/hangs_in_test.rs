//! A function that blocks, on the runtime of `#[tokio::test]` and on that of `#[tokio::main]`.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use tokio::runtime::Builder;

async fn ask_sensor() -> u32 {
    let (send, receive) = mpsc::channel(); // of std: its `recv` blocks
    tokio::spawn(async move { send.send(21).expect("the sensor is asked") });
    receive.recv().expect("the sensor answers")
}

fn main() -> std::io::Result<()> {
    let as_in_test = Builder::new_current_thread().build()?;
    let (done, watchdog) = mpsc::channel();
    thread::spawn(move || done.send(as_in_test.block_on(ask_sensor())));
    let news = watchdog.recv_timeout(Duration::from_millis(100));
    let hangs = news == Err(RecvTimeoutError::Timeout);
    println!("as in #[tokio::test], hangs: {hangs}");

    let as_in_main = Builder::new_multi_thread().worker_threads(1).build()?;
    let degrees = as_in_main.block_on(ask_sensor());
    println!("as in #[tokio::main], degrees: {degrees}");
    Ok(())
}
