//! Lends data of `main` to threads, which `thread::scope` joins.

use std::thread;

fn main() {
    let mut readings = vec![19, 24, 21, 23];
    let mut coldest = None;

    thread::scope(|scope| {
        let warmest = scope.spawn(|| readings.iter().max());
        scope.spawn(|| coldest = readings.iter().min());
        let warmest = warmest.join().expect("nothing here panics");
        println!("warmest: {warmest:?}");
    });

    println!("coldest: {coldest:?}");
    readings.push(18);
    println!("readings: {readings:?}");
}
