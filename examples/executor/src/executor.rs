//! The loop that polls.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll, Wake, Waker};

use crate::join::{self, JoinHandle};
use crate::queue::{Queue, Woken};
use crate::sync::AtomicBool;
use crate::task::Task;

/// Runs futures on the thread that calls [`block_on`](Executor::block_on).
///
/// Dropping it drops the tasks that could go on. A task that waits is dropped with the last of its
/// wakers: one that itself owns what would wake it, both ends of a channel say, is never dropped.
///
/// # Examples
///
/// ```
/// use executor::Executor;
///
/// let mut executor = Executor::new();
/// let spawner = executor.spawner();
/// let sum = executor.block_on(async {
///     let two = spawner.spawn(async { 2 });
///     two.await.expect("it does not panic") + 3
/// });
/// assert_eq!(sum, 5);
/// ```
#[derive(Debug, Default)]
pub struct Executor {
    queue: Arc<Queue>,
}

/// Gives tasks to an [`Executor`], from any thread.
///
/// Clones give to the same executor.
#[derive(Clone, Debug)]
pub struct Spawner {
    queue: Arc<Queue>,
}

/// The waker of the future that `block_on` was called with.
struct RootWaker {
    is_queued: AtomicBool,
    queue: Arc<Queue>,
}

impl Executor {
    /// An executor without tasks.
    pub fn new() -> Executor {
        Executor::default()
    }

    /// What gives tasks to this executor.
    pub fn spawner(&self) -> Spawner {
        Spawner {
            queue: Arc::clone(&self.queue),
        }
    }

    /// Runs `future` to its end and returns its result. In between, runs the tasks.
    ///
    /// Tasks that have not ended by then stay, and go on in the next call. While nothing can go on,
    /// the thread sleeps. Called in a task, it blocks the executor that runs the task, as every call
    /// that blocks does; if it waits for another task of that executor, it does so forever.
    ///
    /// # Panics
    ///
    /// If `future` panics, or its destructor. If the destructor of a task's future panics, or that of
    /// a result or a panic's payload which nobody takes, or the waker of whoever awaits a handle. (A
    /// task that panics otherwise ends, and its handle has the payload.)
    // ANCHOR: block_on
    pub fn block_on<F: Future>(&mut self, future: F) -> F::Output {
        let mut future = pin!(future);
        let root = Arc::new(RootWaker {
            is_queued: AtomicBool::new(false),
            queue: Arc::clone(&self.queue),
        });
        let waker = Waker::from(Arc::clone(&root));
        waker.wake_by_ref(); // the first poll
        loop {
            match self.queue.pop() {
                Woken::Task(task) => task.run(),
                Woken::Root => {
                    // (Left by an earlier call, it is a poll too many, which futures allow.)
                    root.is_queued.swap(false, Ordering::AcqRel);
                    let mut context = Context::from_waker(&waker);
                    if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                        return output;
                    }
                }
            }
        }
    }
    // ANCHOR_END: block_on
}

impl Drop for Executor {
    fn drop(&mut self) {
        self.queue.close();
    }
}

impl Spawner {
    /// Makes a task of `future`. It runs when the executor is in
    /// [`block_on`](Executor::block_on) and its turn has come, whether or not somebody awaits the
    /// handle.
    ///
    /// If the executor has been dropped, the future is dropped, and the handle gives `Err`.
    // ANCHOR: spawn
    pub fn spawn<F>(&self, future: F) -> JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        let (work, handle) = join::with_handle(future);
        Task::new(Box::pin(work), Arc::clone(&self.queue)).wake();
        handle
    }
    // ANCHOR_END: spawn
}

impl Wake for RootWaker {
    fn wake(self: Arc<RootWaker>) {
        if !self.is_queued.swap(true, Ordering::AcqRel) {
            self.queue.push(Woken::Root);
        }
    }
}
