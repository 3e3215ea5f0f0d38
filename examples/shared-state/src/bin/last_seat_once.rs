//! One lock around looking and booking: one of the buyers gets the last seat.

use std::sync::{Barrier, Mutex};
use std::thread;

const SEATS: usize = 1;

fn main() {
    let sold_to = Mutex::new(Vec::new());
    let both_have_come = Barrier::new(2);

    let book = |name| {
        both_have_come.wait();
        let mut sold_to = sold_to.lock().expect("no booking panics");
        if sold_to.len() < SEATS {
            sold_to.push(name);
        }
    };
    thread::scope(|scope| {
        scope.spawn(|| book("Ada"));
        scope.spawn(|| book("Ben"));
    });

    let sold_to = sold_to.into_inner().expect("no booking panics");
    println!("seats: {SEATS}, sold: {}", sold_to.len());
}
