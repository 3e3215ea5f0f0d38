//! The semaphore, in all the orders of its threads' steps that loom knows of.
//!
//! loom runs a model again and again, each time with another order of those steps, until no such
//! order is left. It fails if an assertion fails in one of them, or if in one of them every thread
//! waits. Its condition variable never wakes a thread for no reason (`spurious_wakeups.rs` has one
//! that does), never times out, and wakes the thread that has slept longest.
//! For this it needs a lock, a condition variable and threads of its own: `mod sync` hands them to
//! `src/semaphore.rs`, which is compiled here as it stands.

use std::sync::Arc;
use std::sync::atomic::AtomicUsize as StdAtomicUsize;
use std::sync::atomic::Ordering::{Relaxed, SeqCst};

use loom::model::Builder;
use loom::sync::atomic::AtomicUsize;
use loom::thread;

use semaphore::Semaphore;

#[expect(
    dead_code,
    reason = "loom has no clock, so acquire_timeout is not modelled"
)]
#[path = "../src/semaphore.rs"]
mod semaphore;

mod sync {
    pub(crate) use loom::sync::{Condvar, Mutex, MutexGuard};
}

/// Runs `model` in every order, and returns the smallest and the largest of its results.
fn every_order(model: impl Fn() -> usize + Send + Sync + 'static) -> (usize, usize) {
    explore(&Builder::new(), model)
}

/// Runs `model` in every order in which at most `preemptions` times a thread that could go on has
/// to make way for another: for models that have too many orders to run them all.
fn every_order_with(
    preemptions: usize,
    model: impl Fn() -> usize + Send + Sync + 'static,
) -> (usize, usize) {
    let mut builder = Builder::new();
    builder.preemption_bound = Some(preemptions);
    explore(&builder, model)
}

fn explore(builder: &Builder, model: impl Fn() -> usize + Send + Sync + 'static) -> (usize, usize) {
    // These count across the runs of the model, so loom must not know of them.
    let orders = Arc::new(StdAtomicUsize::new(0));
    let smallest = Arc::new(StdAtomicUsize::new(usize::MAX));
    let largest = Arc::new(StdAtomicUsize::new(0));
    builder.check({
        let (orders, smallest, largest) = (orders.clone(), smallest.clone(), largest.clone());
        move || {
            let result = model();
            orders.fetch_add(1, Relaxed);
            smallest.fetch_min(result, Relaxed);
            largest.fetch_max(result, Relaxed);
        }
    });
    let orders = orders.load(Relaxed);
    assert!(
        orders > 1,
        "with a single order, loom has nothing to compare"
    );
    // `cargo test -p semaphores --test loom -- --nocapture` shows the number.
    println!("loom ran {orders} orders");
    (smallest.load(Relaxed), largest.load(Relaxed))
}

/// Lets `threads` threads, this one among them, pass through a section for which they need a
/// permit, and returns how many were in it at once.
fn most_inside(permits: usize, threads: usize) -> usize {
    let semaphore = Arc::new(Semaphore::new(permits));
    let inside = Arc::new(AtomicUsize::new(0));
    let most = Arc::new(StdAtomicUsize::new(0));

    let visit = {
        let (semaphore, most) = (semaphore.clone(), most.clone());
        move || {
            let _permit = semaphore.acquire();
            most.fetch_max(inside.fetch_add(1, SeqCst) + 1, Relaxed);
            inside.fetch_sub(1, SeqCst);
        }
    };
    let others: Vec<_> = (1..threads).map(|_| thread::spawn(visit.clone())).collect();
    visit();
    for other in others {
        other.join().expect("a visit does not panic");
    }

    // Nobody is left inside, so every permit is back.
    assert_eq!(semaphore.available_permits(), permits);
    most.load(Relaxed)
}

/// Two threads that each read a total, add one and write it back, holding a permit meanwhile.
fn total_of_two_deposits(permits: usize) -> usize {
    let semaphore = Arc::new(Semaphore::new(permits));
    let total = Arc::new(AtomicUsize::new(0));

    let deposit = {
        let (semaphore, total) = (semaphore.clone(), total.clone());
        move || {
            let _permit = semaphore.acquire();
            let read = total.load(Relaxed);
            total.store(read + 1, Relaxed);
        }
    };
    let other = thread::spawn(deposit.clone());
    deposit();
    other.join().expect("a deposit does not panic");

    total.load(Relaxed)
}

#[test]
fn one_permit_admits_one_thread() {
    assert_eq!(every_order(|| most_inside(1, 2)), (1, 1));
}

#[test]
fn two_permits_admit_two_threads_and_never_three() {
    // In some order the threads come one after another, in another two are inside.
    assert_eq!(every_order_with(3, || most_inside(2, 3)), (1, 2));
}

#[test]
fn one_permit_makes_the_deposits_take_turns() {
    // `Relaxed` alone orders nothing: that the second thread sees what the first wrote is the
    // semaphore's work.
    assert_eq!(every_order(|| total_of_two_deposits(1)), (2, 2));
}

#[test]
fn two_permits_lose_a_deposit_in_some_order() {
    assert_eq!(every_order(|| total_of_two_deposits(2)), (1, 2));
}

#[test]
fn a_signal_reaches_the_waiter_with_what_was_written_before_it() {
    let seen = every_order(|| {
        let ready = Arc::new(Semaphore::new(0));
        let value = Arc::new(AtomicUsize::new(0));

        let writer = {
            let (ready, value) = (ready.clone(), value.clone());
            thread::spawn(move || {
                value.store(42, Relaxed);
                ready.add_permits(1);
            })
        };
        ready.acquire().forget();
        let seen = value.load(Relaxed);
        writer.join().expect("the writer does not panic");

        // The signal is used up.
        assert!(ready.try_acquire().is_none());
        seen
    });
    assert_eq!(seen, (42, 42));
}

/// Two threads wait for a permit each, and keep it, while this one runs `release`.
fn two_waiters(release: fn(&Semaphore)) -> usize {
    let ready = Arc::new(Semaphore::new(0));
    let waiters = [(); 2].map(|()| {
        let ready = ready.clone();
        thread::spawn(move || ready.acquire().forget())
    });
    release(&ready);
    for waiter in waiters {
        waiter.join().expect("a waiter does not panic");
    }
    ready.available_permits()
}

#[test]
fn two_releases_reach_two_waiters() {
    let left = every_order(|| {
        two_waiters(|ready| {
            ready.add_permits(1);
            ready.add_permits(1);
        })
    });
    assert_eq!(left, (0, 0));
}

#[test]
fn two_drops_reach_two_waiters() {
    let left = every_order(|| {
        let semaphore = Arc::new(Semaphore::new(2));
        let held = [semaphore.acquire(), semaphore.acquire()];
        let waiters = [(); 2].map(|()| {
            let semaphore = semaphore.clone();
            thread::spawn(move || semaphore.acquire().forget())
        });
        // The second drop finds a permit that no waiter has taken yet, and has to wake one all the
        // same.
        drop(held);
        for waiter in waiters {
            waiter.join().expect("a waiter does not panic");
        }
        semaphore.available_permits()
    });
    assert_eq!(left, (0, 0));
}

#[test]
fn one_release_of_two_permits_reaches_two_waiters() {
    assert_eq!(
        every_order(|| two_waiters(|ready| ready.add_permits(2))),
        (0, 0)
    );
}

#[test]
fn a_woken_thread_that_finds_no_permit_waits_again() {
    let left = every_order(|| {
        two_waiters(|ready| {
            // Both waiters wake, but this thread may have taken one of the two permits by then.
            ready.add_permits(2);
            drop(ready.try_acquire());
        })
    });
    assert_eq!(left, (0, 0));
}

#[test]
fn a_waiter_gets_the_permit_though_another_thread_may_be_faster() {
    let taken_by_the_other = every_order(|| {
        let semaphore = Arc::new(Semaphore::new(0));
        let waiter = {
            let semaphore = semaphore.clone();
            thread::spawn(move || drop(semaphore.acquire()))
        };
        // The permit is put back, and this thread at once tries to take it again.
        semaphore.add_permits(1);
        let taken = usize::from(semaphore.try_acquire().is_some());
        // The waiter ends in either case: its permit comes back when this thread drops it.
        waiter.join().expect("the waiter does not panic");
        taken
    });
    assert_eq!(taken_by_the_other, (0, 1));
}
