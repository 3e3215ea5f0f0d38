//! A thread panics between two steps, and the lock tells the next thread.

use std::sync::Mutex;
use std::thread;

fn transfer(accounts: &Mutex<[u32; 2]>, from: usize, to: usize, amount: u32) {
    let mut balances = accounts.lock().expect("no transfer has panicked");
    balances[from] -= amount;
    balances[to] += amount;
}

fn main() {
    let accounts = Mutex::new([100, 100]);

    // There is no account 2.
    let result = thread::scope(|scope| {
        let clerk = scope.spawn(|| transfer(&accounts, 0, 2, 30));
        clerk.join()
    });
    println!("the clerk panicked: {}", result.is_err());

    let mut balances = match accounts.lock() {
        Ok(balances) => balances,
        Err(poisoned) => {
            println!("poisoned: {:?}", poisoned.get_ref());
            poisoned.into_inner()
        }
    };
    // Only account 0 was touched, and the sum is 200.
    balances[0] = 200 - balances[1];
    drop(balances);
    accounts.clear_poison();

    let balances = accounts.lock().expect("the poison is cleared");
    println!("repaired: {balances:?}");
}
