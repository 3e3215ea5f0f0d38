//! What loom says of a queue whose end wakes one consumer in place of all.
//!
//! The condition variable here takes `notify_all` for `notify_one`, as if `close` called the wrong
//! one of the two. With one consumer nobody would notice.

use std::sync::Arc;

use loom::thread;

use queue::Queue;

#[expect(dead_code, reason = "the models need three of the methods")]
#[path = "../src/queue.rs"]
mod queue;

mod sync {
    use std::sync::LockResult;

    pub(crate) use loom::sync::{Mutex, MutexGuard};

    /// loom's condition variable, which never wakes more than one.
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

        pub(crate) fn notify_one(&self) {
            self.0.notify_one();
        }

        pub(crate) fn notify_all(&self) {
            self.0.notify_one();
        }
    }
}

/// Lets so many consumers wait for the end of a queue.
fn consumers_see_the_end(consumers: usize) {
    loom::model(move || {
        let queue = Arc::new(Queue::<u32>::new(1));
        let consumers: Vec<_> = (0..consumers)
            .map(|_| {
                let queue = queue.clone();
                thread::spawn(move || assert_eq!(queue.pop(), None))
            })
            .collect();
        queue.close();
        for consumer in consumers {
            consumer.join().expect("there was no item");
        }
    });
}

#[test]
fn one_consumer_sees_the_end() {
    consumers_see_the_end(1);
}

#[test]
#[should_panic(expected = "deadlock")]
fn the_second_of_two_consumers_waits_forever() {
    consumers_see_the_end(2);
}
