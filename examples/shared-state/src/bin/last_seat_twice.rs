//! Each step holds the lock, and still two buyers get the last seat.

use std::sync::{Barrier, Mutex};
use std::thread;

const SEATS: usize = 1;

fn main() {
    let sold_to = Mutex::new(Vec::new());
    let both_have_looked = Barrier::new(2);

    let book = |name| {
        let sold = sold_to.lock().expect("no booking panics").len();
        both_have_looked.wait();
        if sold < SEATS {
            sold_to.lock().expect("no booking panics").push(name);
        }
    };
    thread::scope(|scope| {
        scope.spawn(|| book("Ada"));
        scope.spawn(|| book("Ben"));
    });

    let mut sold_to = sold_to.into_inner().expect("no booking panics");
    sold_to.sort();
    println!("seats: {SEATS}, sold to: {sold_to:?}");
}
