//! A channel without room.

use std::thread;

use tokio::sync::mpsc;

fn main() {
    let maker = thread::spawn(|| mpsc::channel::<u32>(0));
    let panic = maker.join().expect_err("it panics");
    println!("{}", panic.downcast_ref::<&str>().expect("it is a text"));
}
