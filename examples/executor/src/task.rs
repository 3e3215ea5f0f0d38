//! A future with its place in the queue.

use std::fmt;
use std::pin::Pin;
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use crate::queue::{Queue, Woken};
use crate::sync::{AtomicBool, Mutex, MutexGuard};

// ANCHOR: task
/// What a task runs: it gives nothing back, because [`join`](crate::join) has wrapped it.
type Work = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A future that runs on its own.
pub(crate) struct Task {
    /// The future; none while it runs, and once it has ended.
    work: Mutex<Option<Work>>,
    /// Whether the task is in the queue. A task that is woken twice needs to run once.
    is_queued: AtomicBool,
    queue: Arc<Queue>,
}
// ANCHOR_END: task

impl Task {
    /// A task that is not in the queue yet: wake it, to make it run.
    pub(crate) fn new(work: Work, queue: Arc<Queue>) -> Arc<Task> {
        Arc::new(Task {
            work: Mutex::new(Some(work)),
            is_queued: AtomicBool::new(false),
            queue,
        })
    }

    /// The future. No code of a user runs under the lock.
    fn lock(&self) -> MutexGuard<'_, Option<Work>> {
        self.work.lock().unwrap_or_else(PoisonError::into_inner)
    }

    // ANCHOR: run
    /// Polls the future, if it has not ended.
    pub(crate) fn run(self: Arc<Task>) {
        // Before the poll: a wake that comes while the future runs has to queue the task again.
        self.is_queued.swap(false, Ordering::AcqRel);

        let waker = Waker::from(Arc::clone(&self));
        // Out of the task while it runs: if a destructor panics, nobody polls the future again.
        let work = self.lock().take();
        if let Some(mut future) = work
            && let Poll::Pending = future.as_mut().poll(&mut Context::from_waker(&waker))
        {
            *self.lock() = Some(future);
        }
    }
    // ANCHOR_END: run
}

// ANCHOR: wake
impl Wake for Task {
    fn wake(self: Arc<Task>) {
        // Release: what the waking thread has done before is seen by the poll that follows.
        if !self.is_queued.swap(true, Ordering::AcqRel) {
            // `self` goes into the queue, so the queue is taken out of it first.
            let queue = Arc::clone(&self.queue);
            queue.push(Woken::Task(self));
        }
    }
}
// ANCHOR_END: wake

impl fmt::Debug for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Task").finish_non_exhaustive()
    }
}
