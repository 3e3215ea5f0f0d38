//! What loom says of a queue with one condition variable for both waits.
//!
//! A producer and a consumer can sleep at the same time: one that has been woken need not have the
//! lock yet, and until then the others go on. A notification for one side may then wake the other,
//! which finds nothing to do and sleeps again.

use std::sync::Arc;

use loom::thread;

use queue::Queue;

#[expect(dead_code, reason = "the model needs three of the methods")]
#[path = "../src/queue.rs"]
mod queue;

mod sync {
    use std::sync::LockResult;

    pub(crate) use loom::sync::{Mutex, MutexGuard};

    loom::lazy_static! {
        /// The only one; loom makes it anew for each order.
        static ref THE_ONE: loom::sync::Condvar = loom::sync::Condvar::new();
    }

    /// A condition variable that is the same as all others.
    pub(crate) struct Condvar;

    impl Condvar {
        pub(crate) fn new() -> Self {
            Self
        }

        pub(crate) fn wait<'a, T>(
            &self,
            guard: MutexGuard<'a, T>,
        ) -> LockResult<MutexGuard<'a, T>> {
            THE_ONE.wait(guard)
        }

        pub(crate) fn notify_one(&self) {
            THE_ONE.notify_one();
        }

        pub(crate) fn notify_all(&self) {
            THE_ONE.notify_all();
        }
    }
}

#[test]
#[should_panic(expected = "deadlock")]
fn a_notification_wakes_the_wrong_side() {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = Some(2);
    builder.check(|| {
        let queue = Arc::new(Queue::new(1));
        let producer = {
            let queue = queue.clone();
            thread::spawn(move || {
                queue.push(1);
                queue.push(2);
            })
        };
        let consumers = [(); 2].map(|()| {
            let queue = queue.clone();
            thread::spawn(move || queue.pop())
        });
        queue.push(4);

        for consumer in consumers {
            consumer.join().expect("a pop does not panic");
        }
        producer.join().expect("a push does not panic");
    });
}
