//! Two threads write to the same variable.

use std::thread;

fn main() {
    let mut visitors = 0;

    thread::scope(|scope| {
        scope.spawn(|| visitors += 1);
        scope.spawn(|| visitors += 1);
    });

    println!("{visitors}");
}
