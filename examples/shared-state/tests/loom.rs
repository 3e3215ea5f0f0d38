//! What the chapter says of atomics and of locks, in the orders of the threads' steps that loom
//! knows of.
//!
//! loom runs a model again and again, each time with another order of its threads' steps, and each
//! time lets a load return another of the values that its ordering allows. A model fails if an
//! assertion fails in one of the runs, or if in one of them every thread waits.
//!
//! A test marked `should_panic` is about a mistake: it passes because loom finds the mistake. Take
//! the mark out to see what loom says.

use std::sync::Arc;

use loom::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release, SeqCst};
use loom::sync::atomic::{AtomicBool, AtomicU32, Ordering, fence};
use loom::sync::{Condvar, Mutex};
use loom::thread;

// ANCHOR: lost_update
fn in_two_steps(visitors: &AtomicU32) {
    let before = visitors.load(Relaxed);
    visitors.store(before + 1, Relaxed);
}

fn in_one_step(visitors: &AtomicU32) {
    visitors.fetch_add(1, Relaxed);
}

fn two_visitors_come(count: fn(&AtomicU32)) {
    loom::model(move || {
        let visitors = Arc::new(AtomicU32::new(0));
        let other_door = {
            let visitors = Arc::clone(&visitors);
            thread::spawn(move || count(&visitors))
        };
        count(&visitors);
        other_door.join().expect("counting does not panic");
        assert_eq!(visitors.load(Relaxed), 2, "a visitor is lost");
    });
}

#[test]
#[should_panic(expected = "a visitor is lost")]
fn two_steps_lose_a_visitor() {
    two_visitors_come(in_two_steps);
}

#[test]
fn one_step_counts_every_visitor() {
    two_visitors_come(in_one_step);
}
// ANCHOR_END: lost_update

/// Between the load and the `compare_exchange` another thread may count; then this one tries again.
fn with_compare_exchange(visitors: &AtomicU32) {
    let mut before = visitors.load(Relaxed);
    while let Err(now) = visitors.compare_exchange(before, before + 1, Relaxed, Relaxed) {
        before = now;
    }
}

#[test]
fn compare_exchange_counts_every_visitor() {
    two_visitors_come(with_compare_exchange);
}

// ANCHOR: publish
fn publish_a_price(publish: Ordering, look: Ordering) {
    loom::model(move || {
        let shop = Arc::new((AtomicU32::new(0), AtomicBool::new(false)));
        let clerk = {
            let shop = Arc::clone(&shop);
            thread::spawn(move || {
                let (price, ready) = &*shop;
                price.store(15, Relaxed);
                ready.store(true, publish);
            })
        };
        let (price, ready) = &*shop;
        if ready.load(look) {
            assert_eq!(price.load(Relaxed), 15, "ready without its price");
        }
        clerk.join().expect("the clerk does not panic");
    });
}

#[test]
#[should_panic(expected = "ready without its price")]
fn relaxed_publishes_too_early() {
    publish_a_price(Relaxed, Relaxed);
}

#[test]
fn release_and_acquire_publish_the_price() {
    publish_a_price(Release, Acquire);
}
// ANCHOR_END: publish

#[test]
#[should_panic(expected = "ready without its price")]
fn release_without_acquire_is_not_enough() {
    publish_a_price(Release, Relaxed);
}

#[test]
#[should_panic(expected = "ready without its price")]
fn acquire_without_release_is_not_enough() {
    publish_a_price(Relaxed, Acquire);
}

/// Two threads each raise a flag of their own and then look at the other's. `between` stands
/// between the two steps.
fn each_looks_at_the_other(between: fn()) {
    loom::model(move || {
        let flags = Arc::new([AtomicBool::new(false), AtomicBool::new(false)]);
        let raise_and_look = move |flags: &[AtomicBool; 2], mine: usize| {
            flags[mine].store(true, Release);
            between();
            flags[1 - mine].load(Acquire)
        };
        let other = {
            let flags = Arc::clone(&flags);
            thread::spawn(move || raise_and_look(&flags, 1))
        };
        let one_sees = raise_and_look(&flags, 0);
        let other_sees = other.join().expect("looking does not panic");
        assert!(one_sees || other_sees, "neither saw the other");
    });
}

#[test]
#[should_panic(expected = "neither saw the other")]
fn with_release_and_acquire_both_may_look_too_early() {
    each_looks_at_the_other(|| {});
}

#[test]
#[should_panic(expected = "neither saw the other")]
fn nor_does_a_fence_that_is_acquire_and_release_help() {
    each_looks_at_the_other(|| fence(AcqRel));
}

/// A fence, because loom treats a load or a store with `SeqCst` as one with `Acquire` or `Release`.
#[test]
fn with_one_order_for_all_one_of_them_sees_the_other() {
    each_looks_at_the_other(|| fence(SeqCst));
}

/// Moves 10 from one account to the other, in both directions at once. `locks` says which of two
/// accounts a transfer locks first.
fn transfers_in_both_directions(locks: fn(usize, usize) -> [usize; 2]) {
    loom::model(move || {
        let accounts = Arc::new([Mutex::new(100), Mutex::new(100)]);
        let transfer = move |accounts: &[Mutex<i32>; 2], from: usize, to: usize| {
            let [first, second] = locks(from, to);
            let mut first_balance = accounts[first].lock().expect("no transfer panics");
            let mut second_balance = accounts[second].lock().expect("no transfer panics");
            let amount = if first == from { -10 } else { 10 };
            *first_balance += amount;
            *second_balance -= amount;
        };
        let other = {
            let accounts = Arc::clone(&accounts);
            thread::spawn(move || transfer(&accounts, 1, 0))
        };
        transfer(&accounts, 0, 1);
        other.join().expect("no transfer panics");
        for account in &*accounts {
            assert_eq!(*account.lock().expect("no transfer panics"), 100);
        }
    });
}

#[test]
#[should_panic(expected = "deadlock")]
fn opposite_orders_of_locks_end_in_a_deadlock() {
    transfers_in_both_directions(|from, to| [from, to]);
}

#[test]
fn with_one_order_of_locks_every_transfer_ends() {
    transfers_in_both_directions(|from, to| [from.min(to), from.max(to)]);
}

/// Looks whether the only seat is free, and takes it: under one lock, or under one lock each.
fn two_book_the_last_seat(one_lock: bool) {
    loom::model(move || {
        let sold = Arc::new(Mutex::new(0));
        let book = move |sold: &Mutex<u32>| {
            let lock = || sold.lock().expect("no booking panics");
            if one_lock {
                let mut sold = lock();
                if *sold == 0 {
                    *sold += 1;
                }
            } else {
                let free = *lock() == 0;
                if free {
                    *lock() += 1;
                }
            }
        };
        let other = {
            let sold = Arc::clone(&sold);
            thread::spawn(move || book(&sold))
        };
        book(&sold);
        other.join().expect("no booking panics");
        assert_eq!(*sold.lock().expect("no booking panics"), 1, "sold twice");
    });
}

#[test]
#[should_panic(expected = "sold twice")]
fn a_lock_for_each_step_sells_the_seat_twice() {
    two_book_the_last_seat(false);
}

#[test]
fn one_lock_for_both_steps_sells_the_seat_once() {
    two_book_the_last_seat(true);
}

/// Three patients wait for their numbers on one condition variable. `wake` is what the one who goes
/// in does for the next.
fn three_patients_wait(wake: fn(&Condvar)) {
    loom::model(move || {
        let room = Arc::new((Mutex::new(1), Condvar::new()));
        let patient = |number| {
            let room = Arc::clone(&room);
            move || {
                let (next, next_changed) = &*room;
                let mut next = next.lock().expect("no patient panics");
                while *next != number {
                    next = next_changed.wait(next).expect("no patient panics");
                }
                assert_eq!(*next, number, "out of turn");
                *next += 1;
                wake(next_changed);
            }
        };
        let others = [thread::spawn(patient(3)), thread::spawn(patient(2))];
        patient(1)();
        for other in others {
            other.join().expect("no patient panics");
        }
    });
}

#[test]
fn patients_go_in_by_their_numbers() {
    three_patients_wait(Condvar::notify_all);
}

#[test]
#[should_panic(expected = "deadlock")]
fn notify_one_may_wake_the_wrong_patient() {
    three_patients_wait(Condvar::notify_one);
}
