//! A semaphore without permits: each permit that one thread adds tells the other of a reading.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::thread;

use semaphores::Semaphore;

fn main() {
    let readings = Mutex::new(VecDeque::new());
    let ready = Semaphore::new(0);
    let lock_readings = || {
        readings
            .lock()
            .expect("no thread panics while it holds the lock")
    };

    thread::scope(|scope| {
        scope.spawn(|| {
            for celsius in [19, 20, 21] {
                lock_readings().push_back(celsius);
                ready.add_permits(1);
            }
        });

        for _ in 0..3 {
            ready.acquire().forget();
            let celsius = lock_readings().pop_front();
            println!("{} °C", celsius.expect("each permit follows its reading"));
        }
    });

    println!("permits at the end: {}", ready.available_permits());
}
