//! Two transfers lock two accounts in opposite orders, and both are stuck.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Barrier, Mutex, TryLockError};
use std::thread;
use std::time::Duration;

fn would_wait(account: &Mutex<i32>) -> bool {
    matches!(account.try_lock(), Err(TryLockError::WouldBlock))
}

fn main() {
    let ada = Arc::new(Mutex::new(100));
    let ben = Arc::new(Mutex::new(100));
    let both_hold_one = Arc::new(Barrier::new(3));
    let (done, watchdog) = mpsc::channel();

    for (from, to) in [(&ada, &ben), (&ben, &ada)] {
        let (from, to) = (Arc::clone(from), Arc::clone(to));
        let both_hold_one = Arc::clone(&both_hold_one);
        let done = done.clone();
        thread::spawn(move || {
            let mut from = from.lock().expect("no transfer panics");
            both_hold_one.wait();
            let mut to = to.lock().expect("no transfer panics");
            *from -= 10;
            *to += 10;
            done.send(()).expect("main keeps the receiver to its end");
        });
    }

    both_hold_one.wait();
    let news = watchdog.recv_timeout(Duration::from_millis(100));
    println!("no news: {}", news == Err(RecvTimeoutError::Timeout));
    println!("Ada's account is locked: {}", would_wait(&ada));
    println!("Ben's account is locked: {}", would_wait(&ben));
}
