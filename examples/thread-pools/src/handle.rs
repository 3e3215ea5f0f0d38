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
    /// Locks the result, poisoned or not: it is moved in and out as a whole.
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
    // ANCHOR: fulfil
    pub(crate) fn fulfil(self, result: thread::Result<T>) {
        *self.slot.lock() = Some(result);
        self.slot.filled.notify_one();
    }
    // ANCHOR_END: fulfil
}

/// The right to a job's result, as [`std::thread::JoinHandle`] is to a thread's.
///
/// Dropping the handle neither stops the job nor waits for it: the pool runs the job and drops its
/// result.
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
    /// By then, all that the job's closure had captured has been dropped.
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
        let mut result = self.slot.lock();
        loop {
            if let Some(result) = result.take() {
                return result;
            }
            result = self
                .slot
                .filled
                .wait(result)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
    // ANCHOR_END: join

    /// Tells whether the job has ended, so that [`join`](JobHandle::join) would not wait for it.
    pub fn is_finished(&self) -> bool {
        self.slot.lock().is_some()
    }
}

impl<T> fmt::Debug for JobHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JobHandle").finish_non_exhaustive()
    }
}
