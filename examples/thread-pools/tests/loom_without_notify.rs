//! What loom says of a queue and a handle that wake nobody.
//!
//! The models in `tests/loom.rs` are worth something only if they fail when the code is wrong. Here
//! `src/queue.rs` and `src/handle.rs` get a condition variable whose `notify_one` does nothing, as
//! if its calls had been forgotten, and loom has to find the order in which a thread then waits
//! forever.

use std::sync::Arc;

use loom::thread;

use queue::Queue;

#[expect(dead_code, reason = "the model needs one of the methods")]
#[path = "../src/handle.rs"]
mod handle;
#[expect(dead_code, reason = "the models need two of the methods")]
#[path = "../src/queue.rs"]
mod queue;

mod sync {
    use std::sync::LockResult;

    pub(crate) use loom::sync::{Mutex, MutexGuard};

    /// loom's condition variable, without `notify_one`.
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

        pub(crate) fn notify_one(&self) {}

        pub(crate) fn notify_all(&self) {
            self.0.notify_all();
        }
    }
}

#[test]
#[should_panic(expected = "deadlock")]
fn a_consumer_that_nobody_wakes_waits_forever() {
    loom::model(|| {
        let queue = Arc::new(Queue::new(1));
        let consumer = {
            let queue = queue.clone();
            thread::spawn(move || queue.pop())
        };
        // If the consumer came first, it sleeps.
        queue.push(1);
        assert_eq!(consumer.join().expect("no panic"), Some(1));
    });
}

#[test]
#[should_panic(expected = "deadlock")]
fn a_producer_that_nobody_wakes_waits_forever() {
    loom::model(|| {
        let queue = Arc::new(Queue::new(1));
        queue.push(1);
        let producer = {
            let queue = queue.clone();
            thread::spawn(move || queue.push(2))
        };
        // If the producer came first, it sleeps.
        assert_eq!(queue.pop(), Some(1));
        producer.join().expect("no panic");
    });
}

#[test]
#[should_panic(expected = "deadlock")]
fn a_handle_that_nobody_wakes_waits_forever() {
    loom::model(|| {
        let (promise, handle) = handle::slot();
        let job = thread::spawn(move || promise.fulfill(Ok(1)));
        assert_eq!(handle.join().expect("it is no panic"), 1);
        job.join().expect("no panic");
    });
}
