//! A place for one result, and the handle that waits for it.

use std::fmt;
use std::sync::{Arc, PoisonError};
use std::thread;

use crate::sync::{Condvar, Mutex, MutexGuard};

/// Where a job puts its result, and where its handle finds it.
// ANCHOR: slot
struct Slot<T> {
    /// `None` until the job has ended, and again when the result has been taken.
    result: Mutex<Option<thread::Result<T>>>,
    filled: Condvar,
}
// ANCHOR_END: slot

impl<T> Slot<T> {
    /// Locks the result. No code of the pool's user runs under this lock, so no panic poisons it.
    fn lock(&self) -> MutexGuard<'_, Option<thread::Result<T>>> {
        self.result.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Makes a slot, seen from both sides: from that of the job, and from that of whoever waits for it.
pub(crate) fn slot<T>() -> (Promise<T>, JobHandle<T>) {
    let slot = Arc::new(Slot {
        result: Mutex::new(None),
        filled: Condvar::new(),
    });
    let promise = Promise {
        slot: Arc::clone(&slot),
    };
    (promise, JobHandle { slot })
}

/// The job's side: the duty to deliver a result.
pub(crate) struct Promise<T> {
    slot: Arc<Slot<T>>,
}

impl<T> Promise<T> {
    /// Delivers the result, and wakes whoever waits for it.
    ///
    /// If the handle is gone, this drops the result, in this thread, and panics if that panics.
    // ANCHOR: fulfill
    pub(crate) fn fulfill(self, result: thread::Result<T>) {
        *self.slot.lock() = Some(result);
        self.slot.filled.notify_one();
    }
    // ANCHOR_END: fulfill
}

/// The right to a job's result, as [`std::thread::JoinHandle`] is to a thread's.
///
/// Dropping the handle neither stops the job nor waits for it. The result is dropped by whoever of
/// the two comes last: by the worker at the end of the job, or by the thread that drops the handle.
///
/// # Memory
///
/// What the job wrote, the thread that has joined it sees.
pub struct JobHandle<T> {
    slot: Arc<Slot<T>>,
}

impl<T> JobHandle<T> {
    /// Blocks the calling thread until the job has ended, and returns its result.
    ///
    /// By then, all that the job's closure had captured has been dropped, unless the closure passed
    /// it on.
    ///
    /// Do not wait in a job of a pool for a job of the same pool. While all its workers wait, none
    /// is left to run what they wait for.
    ///
    /// # Errors
    ///
    /// If the job panicked, the error is what it panicked with: for `panic!` a `&'static str` or a
    /// `String`. [`std::panic::resume_unwind`] passes the panic on.
    ///
    /// # Examples
    ///
    /// ```
    /// use thread_pools::ThreadPool;
    ///
    /// let pool = ThreadPool::new(1, 1);
    ///
    /// let length = pool.submit(|| "picture".len());
    /// assert_eq!(length.join().expect("the job does not panic"), 7);
    ///
    /// let broken = pool.submit(|| panic!("no such picture"));
    /// let panic = broken.join().expect_err("the job panics");
    /// assert_eq!(panic.downcast_ref(), Some(&"no such picture"));
    /// ```
    // ANCHOR: join
    pub fn join(self) -> thread::Result<T> {
        let mut place = self.slot.lock();
        loop {
            if let Some(result) = place.take() {
                return result;
            }
            place = self
                .slot
                .filled
                .wait(place)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
    // ANCHOR_END: join

    /// Tells whether the job has ended, so that [`join`](JobHandle::join) would not wait for it.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.slot.lock().is_some()
    }
}

impl<T> fmt::Debug for JobHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JobHandle").finish_non_exhaustive()
    }
}
