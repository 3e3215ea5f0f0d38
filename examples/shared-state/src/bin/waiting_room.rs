//! Three patients sleep on a condition variable until their numbers come up.

use std::sync::{Condvar, Mutex};
use std::thread;

fn main() {
    let next = Mutex::new(1);
    let next_changed = Condvar::new();

    let patient = |number| {
        let mut next = next.lock().expect("no patient panics");
        while *next != number {
            next = next_changed.wait(next).expect("no patient panics");
        }
        println!("patient {number} goes in");
        *next += 1;
        next_changed.notify_all();
    };
    thread::scope(|scope| {
        scope.spawn(|| patient(3));
        scope.spawn(|| patient(1));
        scope.spawn(|| patient(2));
    });
}
