//! One thread takes the permit, another one puts it back.

use std::thread;

use semaphores::Semaphore;

fn main() {
    let desk = Semaphore::new(1);

    let permit = desk.acquire();
    println!("taken by main: {} left", desk.available_permits());

    thread::scope(|scope| {
        scope.spawn(move || drop(permit));
    });
    println!("put back by another: {} left", desk.available_permits());

    desk.add_permits(1);
    println!("added by main: {} left", desk.available_permits());
}
