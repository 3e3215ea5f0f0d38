//! What loom says of an executor that wakes nobody.
//!
//! The models in `tests/loom.rs` are worth something only if they fail when the executor is wrong.
//! Here its queue gets a condition variable whose notifications do nothing, as if the call of
//! `notify_one` had been forgotten, and loom has to find the order in which the thread then sleeps
//! forever.

use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;
use std::task::Poll;

use loom::sync::atomic::AtomicBool;
use loom::thread;

use executor::Executor;

#[expect(dead_code, reason = "the model spawns no task")]
#[path = "../src/executor.rs"]
mod executor;
#[path = "../src/join.rs"]
mod join;
#[path = "../src/queue.rs"]
mod queue;
#[path = "../src/task.rs"]
mod task;

mod sync {
    use std::sync::LockResult;

    pub(crate) use loom::sync::atomic::AtomicBool;
    pub(crate) use loom::sync::{Mutex, MutexGuard};

    /// loom's condition variable, without its notifications.
    #[derive(Debug, Default)]
    pub(crate) struct Condvar(loom::sync::Condvar);

    impl Condvar {
        pub(crate) fn wait<'a, T>(
            &self,
            guard: MutexGuard<'a, T>,
        ) -> LockResult<MutexGuard<'a, T>> {
            self.0.wait(guard)
        }

        pub(crate) fn notify_one(&self) {}
    }
}

#[test]
#[should_panic(expected = "deadlock")]
fn a_thread_that_nobody_wakes_sleeps_forever() {
    loom::model(|| {
        let has_rung = Arc::new(AtomicBool::new(false));
        let mut ringer = None;
        Executor::new().block_on(poll_fn(|context| {
            if has_rung.load(SeqCst) {
                return Poll::Ready(());
            }
            let (has_rung, waker) = (Arc::clone(&has_rung), context.waker().clone());
            ringer.get_or_insert_with(|| {
                thread::spawn(move || {
                    has_rung.store(true, SeqCst);
                    // If the executor's thread sleeps already, it stays asleep.
                    waker.wake();
                })
            });
            Poll::Pending
        }));
    });
}
