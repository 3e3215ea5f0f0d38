//! Transfers in both directions, each locking the smaller number first.

use std::sync::{Barrier, Mutex, MutexGuard};
use std::thread;

struct Account {
    /// No two accounts have the same: it decides which is locked first.
    number: u32,
    balance: Mutex<u32>,
}

impl Account {
    fn lock(&self) -> MutexGuard<'_, u32> {
        self.balance.lock().expect("no transfer panics")
    }
}

fn transfer(from: &Account, to: &Account, amount: u32) {
    let (mut from_balance, mut to_balance); // each branch locks both, in its own order
    if from.number < to.number {
        from_balance = from.lock();
        to_balance = to.lock();
    } else if from.number > to.number {
        to_balance = to.lock();
        from_balance = from.lock();
    } else {
        return; // the same account: locking it twice would wait forever or panic
    }
    *from_balance -= amount;
    *to_balance += amount;
}

fn main() {
    let account = |number| Account {
        number,
        balance: Mutex::new(20_000), // enough for all transfers in one direction
    };
    let (ada, ben) = (account(1), account(2));
    let both_have_come = Barrier::new(2);

    thread::scope(|scope| {
        for (from, to, amount) in [(&ada, &ben, 2), (&ben, &ada, 1)] {
            let both_have_come = &both_have_come;
            scope.spawn(move || {
                both_have_come.wait();
                for _ in 0..10_000 {
                    transfer(from, to, amount);
                }
            });
        }
    });

    println!("Ada: {}, Ben: {}", ada.lock(), ben.lock());
}
