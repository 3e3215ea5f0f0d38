//! The semaphore on a condition variable that wakes its threads for no reason.
//!
//! `std` allows a condition variable to do that once in a while, and nobody can wait for it to
//! happen in a test. Here `src/semaphore.rs` gets one that does it all the time: its waits end at
//! once, whatever happens, and are counted.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use semaphore::Semaphore;
use sync::WAKE_UPS;

#[path = "../src/semaphore.rs"]
mod semaphore;

mod sync {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{LockResult, PoisonError, WaitTimeoutResult};
    pub(crate) use std::sync::{Mutex, MutexGuard};
    use std::time::Duration;

    /// How many waits have ended.
    pub(crate) static WAKE_UPS: AtomicUsize = AtomicUsize::new(0);

    /// A condition variable that wakes whoever waits, at once.
    #[derive(Debug)]
    pub(crate) struct Condvar(std::sync::Condvar);

    impl Condvar {
        pub(crate) fn new() -> Self {
            Self(std::sync::Condvar::new())
        }

        pub(crate) fn wait<'a, T>(
            &self,
            guard: MutexGuard<'a, T>,
        ) -> LockResult<MutexGuard<'a, T>> {
            match self.wait_timeout(guard, Duration::ZERO) {
                Ok((guard, _)) => Ok(guard),
                Err(poisoned) => Err(PoisonError::new(poisoned.into_inner().0)),
            }
        }

        pub(crate) fn wait_timeout<'a, T>(
            &self,
            guard: MutexGuard<'a, T>,
            _: Duration,
        ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)> {
            let woken = self.0.wait_timeout(guard, Duration::ZERO);
            WAKE_UPS.fetch_add(1, Ordering::SeqCst);
            woken
        }

        pub(crate) fn notify_one(&self) {
            self.0.notify_one();
        }

        pub(crate) fn notify_all(&self) {
            self.0.notify_all();
        }
    }
}

/// Lets the tests of this file run one at a time: they count the same wake-ups.
fn turn() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    WAKE_UPS.store(0, Ordering::SeqCst);
    turn
}

#[test]
fn a_thread_that_wakes_for_no_reason_does_not_get_in() {
    let _turn = turn();
    let semaphore = Semaphore::new(1);
    let inside = AtomicUsize::new(0);

    thread::scope(|scope| {
        let permit = semaphore.acquire();
        for _ in 0..4 {
            scope.spawn(|| {
                let _permit = semaphore.acquire();
                assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                inside.fetch_sub(1, Ordering::SeqCst);
            });
        }

        // They wake again and again while this thread has the permit.
        while WAKE_UPS.load(Ordering::SeqCst) < 100 {
            assert_eq!(inside.load(Ordering::SeqCst), 0);
            thread::yield_now();
        }
        drop(permit);
    });

    assert_eq!(semaphore.available_permits(), 1);
}

#[test]
fn a_thread_that_wakes_for_no_reason_waits_for_the_rest_of_its_time() {
    let _turn = turn();
    let semaphore = Semaphore::new(0);
    let timeout = Duration::from_millis(30);

    // The wait is woken many times, finds no permit, and ends when its time is up: neither at the
    // first wake-up nor, because each wait starts anew, never.
    let start = Instant::now();
    assert!(semaphore.acquire_timeout(timeout).is_none());
    assert!(start.elapsed() >= timeout);
    assert!(WAKE_UPS.load(Ordering::SeqCst) > 1);
}

#[test]
fn a_thread_that_wakes_for_no_reason_still_gets_its_permit() {
    let _turn = turn();
    let semaphore = Semaphore::new(0);

    thread::scope(|scope| {
        scope.spawn(|| semaphore.acquire().forget());
        scope.spawn(|| {
            let an_hour = Duration::from_secs(3600);
            let permit = semaphore.acquire_timeout(an_hour);
            permit.expect("it is added well before").forget();
        });
        semaphore.add_permits(2);
    });

    assert!(semaphore.try_acquire().is_none());
}
