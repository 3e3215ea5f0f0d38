//! The semaphore as its user sees it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Barrier, Mutex, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use semaphores::{Permit, Semaphore};

/// Longer than any of these tests can last: a wait of this length is as good as endless.
const AN_HOUR: Duration = Duration::from_secs(3600);

#[test]
fn a_permit_goes_back_when_it_is_dropped() {
    let semaphore = Semaphore::new(2);

    // Two permits, two calls.
    let first = semaphore.acquire();
    let second = semaphore.acquire();
    assert_eq!(semaphore.available_permits(), 0);

    // A third one there is not.
    assert!(semaphore.try_acquire().is_none());

    // Each drop puts one back.
    drop(first);
    assert_eq!(semaphore.available_permits(), 1);
    drop(second);
    assert_eq!(semaphore.available_permits(), 2);
}

#[test]
fn acquire_waits_until_the_permit_is_back() {
    let semaphore = Semaphore::new(1);
    let events = Mutex::new(Vec::new());
    let note = |event| events.lock().expect("no test step panics").push(event);

    let about_to_ask = Barrier::new(2);

    thread::scope(|scope| {
        // This thread has the only permit.
        let permit = semaphore.acquire();

        // Another one finds none, and asks for it. However fast it is, it can only go on after the
        // drop.
        scope.spawn(|| {
            assert!(semaphore.try_acquire().is_none());
            about_to_ask.wait();
            let _permit = semaphore.acquire();
            note("acquired");
        });

        // Note first, drop then: nothing orders the two notes but the semaphore. That the other
        // thread really waits in between, in some order of their steps, is loom's to show.
        about_to_ask.wait();
        note("dropping");
        drop(permit);
    });

    assert_eq!(
        events.into_inner().expect("no test step panics"),
        ["dropping", "acquired"]
    );
}

#[test]
fn as_many_threads_are_inside_as_there_are_permits() {
    let semaphore = Semaphore::new(3);
    let inside = AtomicUsize::new(0);
    let most_inside = AtomicUsize::new(0);
    let three = Barrier::new(3);

    thread::scope(|scope| {
        for _ in 0..12 {
            scope.spawn(|| {
                let _permit = semaphore.acquire();
                let now_inside = inside.fetch_add(1, Ordering::SeqCst) + 1;
                most_inside.fetch_max(now_inside, Ordering::SeqCst);

                // Nobody passes the barrier alone: three are inside, or this test hangs.
                three.wait();
                inside.fetch_sub(1, Ordering::SeqCst);
            });
        }
    });

    // A fourth never was.
    assert_eq!(most_inside.into_inner(), 3);
    assert_eq!(semaphore.available_permits(), 3);
}

#[test]
fn another_thread_may_put_the_permit_back() {
    let semaphore = Semaphore::new(1);

    // This thread takes the permit and gives it away.
    let permit = semaphore.acquire();
    thread::scope(|scope| {
        scope.spawn(move || drop(permit));
    });

    // It is back, though this thread dropped nothing.
    assert_eq!(semaphore.available_permits(), 1);
}

#[test]
fn a_permit_may_cross_threads_and_be_shared() {
    fn assert_send_and_sync<T: Send + Sync>() {}

    assert_send_and_sync::<Semaphore>();
    assert_send_and_sync::<Permit<'_>>();
}

#[test]
fn a_forgotten_permit_is_gone_until_somebody_adds_one() {
    let semaphore = Semaphore::new(1);

    semaphore.acquire().forget();
    assert!(semaphore.try_acquire().is_none());

    // No thread holds a permit, and yet one comes back.
    semaphore.add_permits(1);
    assert!(semaphore.try_acquire().is_some());
}

#[test]
fn a_signal_is_kept_for_a_waiter_that_comes_late() {
    let semaphore = Semaphore::new(0);

    // Two signals, and nobody is there yet.
    semaphore.add_permits(1);
    semaphore.add_permits(1);

    // The count has kept both.
    semaphore.acquire().forget();
    semaphore.acquire().forget();
    assert_eq!(semaphore.available_permits(), 0);
}

#[test]
fn permits_added_in_one_call_wake_several_waiters() {
    let semaphore = Semaphore::new(0);

    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| semaphore.acquire().forget());
        }

        // If a waiter slept on, the scope would not end. Whether one sleeps by now is luck; loom
        // tries the orders in which two do.
        semaphore.add_permits(4);
    });

    assert_eq!(semaphore.available_permits(), 0);
}

#[test]
fn adding_no_permits_adds_none() {
    let semaphore = Semaphore::new(0);

    semaphore.add_permits(0);
    assert!(semaphore.try_acquire().is_none());
}

#[test]
fn one_permit_can_be_raised_to_two() {
    // Nothing but its user's restraint keeps a semaphore binary.
    let semaphore = Semaphore::new(1);

    semaphore.add_permits(1);
    assert_eq!(semaphore.available_permits(), 2);
}

#[test]
fn a_timeout_ends_the_wait() {
    let semaphore = Semaphore::new(0);
    let timeout = Duration::from_millis(30);

    let start = Instant::now();
    assert!(semaphore.acquire_timeout(timeout).is_none());

    // Not a moment too early.
    assert!(start.elapsed() >= timeout);
}

#[test]
fn a_timeout_of_zero_takes_a_permit_that_is_there() {
    let semaphore = Semaphore::new(1);

    let permit = semaphore.acquire_timeout(Duration::ZERO);
    assert!(permit.is_some());

    // The only permit is out, and there is no time to wait for it.
    assert!(semaphore.acquire_timeout(Duration::ZERO).is_none());
}

#[test]
fn a_permit_that_comes_in_time_ends_the_wait() {
    let semaphore = Semaphore::new(0);
    let start = Instant::now();

    thread::scope(|scope| {
        let waiter = scope.spawn(|| semaphore.acquire_timeout(AN_HOUR).is_some());
        semaphore.add_permits(1);
        assert!(waiter.join().expect("the waiter does not panic"));
    });

    assert!(start.elapsed() < AN_HOUR);
}

#[test]
fn the_longest_timeout_there_is_does_not_overflow() {
    let semaphore = Semaphore::new(0);

    thread::scope(|scope| {
        // The sum of now and this timeout would be more than an `Instant` can hold.
        let waiter = scope.spawn(|| semaphore.acquire_timeout(Duration::MAX).is_some());
        semaphore.add_permits(1);
        assert!(waiter.join().expect("the waiter does not panic"));
    });
}

#[test]
fn a_thread_that_panics_gives_its_permit_back() {
    let semaphore = Semaphore::new(1);

    let panicked = catch_unwind(AssertUnwindSafe(|| {
        let _permit = semaphore.acquire();
        panic!("in the section");
    }));

    // The permit came back while the stack unwound, and the semaphore works as before.
    assert!(panicked.is_err());
    assert_eq!(semaphore.available_permits(), 1);
    assert!(semaphore.try_acquire().is_some());
}

#[test]
fn a_count_that_would_overflow_panics_and_stays_as_it_was() {
    let semaphore = Semaphore::new(usize::MAX - 1);

    // One more fits, two more do not.
    semaphore.add_permits(1);
    let panicked = catch_unwind(AssertUnwindSafe(|| semaphore.add_permits(1)));
    assert!(panicked.is_err());

    // The panic struck while the count was locked. It poisoned the lock, not the semaphore.
    assert_eq!(semaphore.available_permits(), usize::MAX);
    semaphore.acquire().forget();
    assert_eq!(semaphore.available_permits(), usize::MAX - 1);
}

#[test]
fn dropping_a_permit_never_panics() {
    let semaphore = Semaphore::new(1);

    // With one permit out, the count is raised to the highest there is.
    let permit = semaphore.acquire();
    semaphore.add_permits(usize::MAX);

    // There is no room for it, so it is dropped and the count stays.
    drop(permit);
    assert_eq!(semaphore.available_permits(), usize::MAX);
}

#[test]
fn what_was_written_before_the_signal_is_seen_after_it() {
    let semaphore = Semaphore::new(0);
    let (sender, receiver) = mpsc::channel();

    thread::scope(|scope| {
        scope.spawn(|| {
            sender.send("config").expect("the receiver is there");
            semaphore.add_permits(1);
        });

        // No `recv`: the permit says that the message is in the channel.
        semaphore.acquire().forget();
        assert_eq!(receiver.try_recv(), Ok("config"));
    });
}
