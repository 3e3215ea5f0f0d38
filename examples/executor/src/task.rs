//! A future with its place in the queue.

use std::fmt;
use std::pin::Pin;
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use crate::queue::{Queue, Woken};
use crate::sync::{AtomicBool, Mutex};

// ANCHOR: task
/// What a task runs: it gives nothing back, because [`join`](crate::join) has wrapped it.
type Work = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A future that runs on its own.
pub(crate) struct Task {
    /// The future; none once it has ended.
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

    // ANCHOR: run
    /// Polls the future, if it has not ended.
    pub(crate) fn run(self: Arc<Task>) {
        // Before the poll: a wake that comes while the future runs has to queue the task again.
        self.is_queued.swap(false, Ordering::AcqRel);

        let waker = Waker::from(Arc::clone(&self));
        let mut work = self.work.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(future) = work.as_mut()
            && let Poll::Ready(()) = future.as_mut().poll(&mut Context::from_waker(&waker))
        {
            *work = None; // drops the future with all that it holds
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
