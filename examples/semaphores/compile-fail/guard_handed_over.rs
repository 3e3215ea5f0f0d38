//! One thread locks a mutex, another one is meant to unlock it.

use std::sync::Mutex;
use std::thread;

fn main() {
    let desk = Mutex::new(());

    let guard = desk
        .lock()
        .expect("no thread panicked while it held the lock");

    thread::scope(|scope| {
        scope.spawn(move || drop(guard));
    });
}
