//! What a task returns.

use std::any::Any;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, PoisonError};
use std::task::{Context, Poll, Waker};
use std::thread;

use crate::sync::{Mutex, MutexGuard};

/// Waits for what a task returns.
///
/// Awaiting it gives `Ok` with the result of the task's future, or `Err` with the payload of its
/// panic, as [`std::thread::JoinHandle::join`] does. If the task is dropped before its end, with the
/// executor say, it gives `Err` with a `&'static str` that says so. Dropping the handle detaches the
/// task, which goes on.
///
/// # Panics
///
/// If it is polled again after it was ready.
#[must_use = "dropped, it detaches the task; await it to get the result"]
pub struct JoinHandle<T> {
    slot: Arc<Slot<T>>,
}

/// The place where a task leaves its result.
struct Slot<T>(Mutex<Progress<T>>);

// ANCHOR: state
enum Progress<T> {
    /// The task runs. Whoever awaits the handle has left a waker.
    Runs(Option<Waker>),
    Ended(thread::Result<T>),
    /// The handle has given the result away.
    Taken,
}
// ANCHOR_END: state

impl<T> Slot<T> {
    /// Leaves the result, unless there has been one, and wakes whoever awaits the handle.
    fn end(&self, result: thread::Result<T>) {
        let mut state = self.lock();
        if let Progress::Runs(waker) = &mut *state {
            let waker = waker.take();
            *state = Progress::Ended(result);
            drop(state);
            if let Some(waker) = waker {
                waker.wake(); // it may be anybody's code: not under the lock
            }
        }
    }

    /// The state. Nothing of a user runs under the lock, so no panic leaves it half changed.
    fn lock(&self) -> MutexGuard<'_, Progress<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

// ANCHOR: wrap
/// Wraps a future, so that its result, or the payload of its panic, goes to the handle.
pub(crate) fn with_handle<F>(future: F) -> (impl Future<Output = ()>, JoinHandle<F::Output>)
where
    F: Future,
{
    let slot = Arc::new(Slot(Mutex::new(Progress::Runs(None))));
    let handle = JoinHandle {
        slot: Arc::clone(&slot),
    };
    let promise = Promise(slot);
    let work = async move {
        let result = CatchUnwind(Box::pin(future)).await;
        promise.0.end(result);
    };
    (work, handle)
}

/// The task's side of the slot.
struct Promise<T>(Arc<Slot<T>>);

impl<T> Drop for Promise<T> {
    fn drop(&mut self) {
        // Does nothing if the task has ended. If it has not, whoever awaits the handle learns it; and
        // the slot gives the waker away, which would keep the waiting task, and so the slot, alive.
        self.0
            .end(Err(Box::new("the task was dropped before its end")));
    }
}
// ANCHOR_END: wrap

/// A future that turns a panic of another into its result.
struct CatchUnwind<F>(Pin<Box<F>>);

impl<F: Future> Future for CatchUnwind<F> {
    type Output = Result<F::Output, Box<dyn Any + Send>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        // A future that has panicked is not polled again. What it shares with others may be half
        // changed, as after the panic of a thread.
        match catch_unwind(AssertUnwindSafe(|| self.0.as_mut().poll(context))) {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(output)) => Poll::Ready(Ok(output)),
            Err(payload) => Poll::Ready(Err(payload)),
        }
    }
}

impl<T> Future for JoinHandle<T> {
    type Output = thread::Result<T>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let waker = context.waker().clone();
        // Under the same lock under which the task leaves its result: no result is missed.
        let mut state = self.slot.lock();
        match std::mem::replace(&mut *state, Progress::Taken) {
            Progress::Ended(result) => Poll::Ready(result),
            Progress::Runs(before) => {
                *state = Progress::Runs(Some(waker));
                drop(state);
                drop(before); // a waker may drop a task with it: not under the lock
                Poll::Pending
            }
            Progress::Taken => panic!("the handle was polled after it was ready"),
        }
    }
}

impl<T> fmt::Debug for JoinHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JoinHandle").finish_non_exhaustive()
    }
}
