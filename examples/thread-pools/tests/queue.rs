//! What the pool never does with its queue: push after the end.
//!
//! The pool closes the queue when it is dropped, and who submits has borrowed the pool. So this is
//! tested on the queue alone.

use std::panic::{AssertUnwindSafe, catch_unwind};

use queue::Queue;

#[path = "../src/queue.rs"]
mod queue;

mod sync {
    pub(crate) use std::sync::{Condvar, Mutex, MutexGuard};
}

#[test]
fn a_closed_queue_takes_nothing_and_keeps_what_it_has() {
    let queue = Queue::new(3);
    queue.push("accepted");
    queue.close();

    // Both ways in are closed. Each panic poisons the lock, and leaves the items as they are.
    let pushed = catch_unwind(AssertUnwindSafe(|| queue.push("too late")));
    assert!(pushed.is_err());
    let filled = catch_unwind(AssertUnwindSafe(|| {
        queue.try_reserve().expect("there is room").fill("too late");
    }));
    assert!(filled.is_err());

    assert_eq!(queue.len(), 1);
    assert_eq!(queue.pop(), Some("accepted"));
    assert_eq!(queue.pop(), None);
}
