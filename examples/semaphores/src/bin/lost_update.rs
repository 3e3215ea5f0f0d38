//! Two threads deposit 1 each, behind a semaphore with two permits and with one.

use std::sync::Barrier;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use semaphores::Semaphore;

/// Returns the balance after both deposits, and how many threads got a permit at once.
fn two_deposits(permits: usize) -> (u64, u64) {
    let semaphore = Semaphore::new(permits);
    let balance = AtomicU64::new(0);
    let let_in = AtomicU64::new(0);
    let both_came = Barrier::new(2);

    let deposit = || {
        if let Some(_permit) = semaphore.try_acquire() {
            let_in.fetch_add(1, Ordering::SeqCst);
            let read = balance.load(Ordering::SeqCst);
            both_came.wait(); // the other thread is let in too, or turned away
            balance.store(read + 1, Ordering::SeqCst);
        } else {
            both_came.wait();
            let _permit = semaphore.acquire();
            let read = balance.load(Ordering::SeqCst);
            balance.store(read + 1, Ordering::SeqCst);
        }
    };
    thread::scope(|scope| {
        scope.spawn(deposit);
        scope.spawn(deposit);
    });
    (balance.into_inner(), let_in.into_inner())
}

fn main() {
    for permits in [2, 1] {
        let (balance, let_in) = two_deposits(permits);
        println!("permits: {permits}, let in at once: {let_in}, balance: {balance}");
    }
}
