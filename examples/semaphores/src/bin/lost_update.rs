//! A semaphore with two permits lets two threads in, and one of two deposits is lost.

use std::sync::Barrier;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::thread;

use semaphores::Semaphore;

/// Two threads deposit 1 each: read the balance, do `meanwhile`, write the balance.
fn two_deposits(permits: usize, meanwhile: impl Fn() + Sync) {
    let semaphore = Semaphore::new(permits);
    let balance = AtomicU64::new(0);
    let inside = AtomicUsize::new(0);
    let most_inside = AtomicUsize::new(0);

    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let _permit = semaphore.acquire();
                let now_inside = inside.fetch_add(1, Ordering::SeqCst) + 1;
                most_inside.fetch_max(now_inside, Ordering::SeqCst);

                let read = balance.load(Ordering::SeqCst);
                meanwhile();
                balance.store(read + 1, Ordering::SeqCst);

                inside.fetch_sub(1, Ordering::SeqCst);
            });
        }
    });

    let most_inside = most_inside.into_inner();
    let balance = balance.into_inner();
    println!("permits: {permits}, inside at once: {most_inside}, balance: {balance}");
}

fn main() {
    // Each thread waits, inside, until the other is inside too.
    let both_inside = Barrier::new(2);
    two_deposits(2, || {
        both_inside.wait();
    });

    // Inside alone, a thread would wait for the other forever: so nobody waits.
    two_deposits(1, || {});
}
