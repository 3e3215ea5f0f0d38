//! The semaphore on a condition variable that wakes its threads for no reason.
//!
//! `std` allows a condition variable to do that once in a while, and nobody can wait for it to
//! happen in a test. Here `src/semaphore.rs` gets one that does it all the time: its waits end
//! after a millisecond, whatever happens.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use semaphore::Semaphore;

#[path = "../src/semaphore.rs"]
mod semaphore;

mod sync {
    use std::sync::{LockResult, PoisonError, WaitTimeoutResult};
    pub(crate) use std::sync::{Mutex, MutexGuard};
    use std::time::Duration;

    const A_MOMENT: Duration = Duration::from_millis(1);

    /// A condition variable whose waits are all short.
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
            match self.0.wait_timeout(guard, A_MOMENT) {
                Ok((guard, _)) => Ok(guard),
                Err(poisoned) => Err(PoisonError::new(poisoned.into_inner().0)),
            }
        }

        pub(crate) fn wait_timeout<'a, T>(
            &self,
            guard: MutexGuard<'a, T>,
            timeout: Duration,
        ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)> {
            self.0.wait_timeout(guard, timeout.min(A_MOMENT))
        }

        pub(crate) fn notify_one(&self) {
            self.0.notify_one();
        }

        pub(crate) fn notify_all(&self) {
            self.0.notify_all();
        }
    }
}

#[test]
fn a_thread_that_wakes_for_no_reason_does_not_get_in() {
    let semaphore = Semaphore::new(1);
    let inside = AtomicUsize::new(0);

    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let _permit = semaphore.acquire();
                assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                // Long enough for the other three to wake several times.
                thread::sleep(Duration::from_millis(5));
                inside.fetch_sub(1, Ordering::SeqCst);
            });
        }
    });

    assert_eq!(semaphore.available_permits(), 1);
}

#[test]
fn a_thread_that_wakes_for_no_reason_waits_for_the_rest_of_its_time() {
    let semaphore = Semaphore::new(0);
    let timeout = Duration::from_millis(30);

    // The wait is woken about thirty times, finds no permit, and ends when its time is up:
    // neither at the first wake-up nor, because each wait starts anew, never.
    let start = Instant::now();
    assert!(semaphore.acquire_timeout(timeout).is_none());
    assert!(start.elapsed() >= timeout);
}

#[test]
fn a_thread_that_wakes_for_no_reason_still_gets_its_permit() {
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
