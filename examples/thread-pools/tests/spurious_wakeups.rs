//! The queue and the handle on a condition variable that wakes its threads for no reason.
//!
//! `std` allows a condition variable to do that once in a while, and loom's never does it. Here the
//! files get one whose waits all end at once.

use std::thread;

use queue::Queue;

#[expect(dead_code, reason = "the tests need one of the methods")]
#[path = "../src/handle.rs"]
mod handle;
#[expect(dead_code, reason = "the tests need three of the methods")]
#[path = "../src/queue.rs"]
mod queue;

mod sync {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{LockResult, PoisonError};
    pub(crate) use std::sync::{Mutex, MutexGuard};
    use std::time::{Duration, Instant};

    /// How many waits have ended, on all condition variables.
    static WAKE_UPS: AtomicUsize = AtomicUsize::new(0);

    /// Returns when the waits that go on now have ended in vain many times, and panics if none does.
    pub(crate) fn let_them_wake_up() {
        let before = WAKE_UPS.load(Ordering::SeqCst);
        let patience = Instant::now() + Duration::from_secs(10);
        while WAKE_UPS.load(Ordering::SeqCst) < before + 100 {
            assert!(Instant::now() < patience, "somebody should wait");
            std::thread::yield_now();
        }
    }

    /// A condition variable that wakes whoever waits, at once.
    pub(crate) struct Condvar(std::sync::Condvar);

    impl Condvar {
        pub(crate) fn new() -> Self {
            Self(std::sync::Condvar::new())
        }

        pub(crate) fn wait<'a, T>(
            &self,
            guard: MutexGuard<'a, T>,
        ) -> LockResult<MutexGuard<'a, T>> {
            WAKE_UPS.fetch_add(1, Ordering::SeqCst);
            match self.0.wait_timeout(guard, Duration::ZERO) {
                Ok((guard, _)) => Ok(guard),
                Err(poisoned) => Err(PoisonError::new(poisoned.into_inner().0)),
            }
        }

        pub(crate) fn notify_one(&self) {
            self.0.notify_one();
        }

        pub(crate) fn notify_all(&self) {
            self.0.notify_all();
        }
    }
}

// One test, because the wake-ups of several would be counted together.
#[test]
fn whoever_wakes_for_no_reason_waits_on() {
    let queue = Queue::new(1);
    let full = Queue::new(1);
    thread::scope(|scope| {
        // A worker that woke up for no reason must not take the empty queue for its end.
        let consumer = scope.spawn(|| queue.pop());
        sync::let_them_wake_up();
        assert!(!consumer.is_finished());
        queue.push("picture");
        assert_eq!(consumer.join().expect("no panic"), Some("picture"));

        // A producer must not overfill the queue.
        full.push("first");
        let producer = scope.spawn(|| full.push("second"));
        sync::let_them_wake_up();
        assert_eq!(full.len(), 1);
        assert_eq!(full.pop(), Some("first"));
        producer.join().expect("no panic");
        assert_eq!(full.pop(), Some("second"));

        // And a handle must not return without a result.
        let (promise, handle) = handle::slot();
        let waiter = scope.spawn(move || handle.join());
        sync::let_them_wake_up();
        promise.fulfill(Ok("result"));
        let result = waiter.join().expect("no panic");
        assert_eq!(result.expect("it is no panic"), "result");
    });
}
