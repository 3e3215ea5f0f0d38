//! What loom says of a semaphore that wakes nobody.
//!
//! The models in `tests/loom.rs` are worth something only if they fail when the semaphore is
//! wrong. Here `src/semaphore.rs` gets a condition variable whose notifications do nothing, as if
//! the calls of `notify_one` had been forgotten, and loom has to find the order in which a thread
//! then waits forever.

use std::sync::Arc;

use loom::thread;

use semaphore::Semaphore;

#[expect(dead_code, reason = "the model needs two of the methods")]
#[path = "../src/semaphore.rs"]
mod semaphore;

mod sync {
    use std::sync::LockResult;
    use std::time::Duration;

    use loom::sync::WaitTimeoutResult;
    pub(crate) use loom::sync::{Mutex, MutexGuard};

    /// loom's condition variable, without its notifications.
    #[derive(Debug)]
    pub(crate) struct Condvar(loom::sync::Condvar);

    impl Condvar {
        pub(crate) fn new() -> Self {
            Self(loom::sync::Condvar::new())
        }

        pub(crate) fn wait<'a, T>(
            &self,
            guard: MutexGuard<'a, T>,
        ) -> LockResult<MutexGuard<'a, T>> {
            self.0.wait(guard)
        }

        pub(crate) fn wait_timeout<'a, T>(
            &self,
            guard: MutexGuard<'a, T>,
            timeout: Duration,
        ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)> {
            self.0.wait_timeout(guard, timeout)
        }

        pub(crate) fn notify_one(&self) {}

        pub(crate) fn notify_all(&self) {}
    }
}

#[test]
#[should_panic(expected = "deadlock")]
fn a_waiter_that_nobody_wakes_waits_forever() {
    loom::model(|| {
        let semaphore = Arc::new(Semaphore::new(1));
        let other = {
            let semaphore = semaphore.clone();
            thread::spawn(move || drop(semaphore.acquire()))
        };
        // If one thread comes while the other is inside, it goes to sleep and stays asleep.
        drop(semaphore.acquire());
        other.join().expect("the section does not panic");
    });
}
