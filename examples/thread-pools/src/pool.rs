//! The workers, and how jobs get to them.

use std::fmt;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::handle::{self, JobHandle};
use crate::queue::Queue;
use crate::sync::{self, Builder};

/// What a worker runs: the user's closure, and the delivery of its result.
type Job = Box<dyn FnOnce() + Send>;

/// A fixed number of threads that run the jobs they are given.
///
/// [`new`] starts all threads, called *workers*. [`submit`] puts a job into a queue, from which the
/// workers take jobs in the order in which they came. The queue is bounded: while it is full,
/// [`submit`] waits, and [`try_submit`] gives the job back. So a program that submits faster than
/// the workers work is slowed down, and does not fill the memory.
///
/// A pool is shared between threads by reference or in an [`Arc`].
///
/// # The end
///
/// To end a pool, drop it or call [`shutdown`], which is the same under a name that says more. It
/// waits until the workers have run every job that was accepted, and have ended. No job can come
/// after that: who submits needs the pool. And the jobs have to be able to end while that thread
/// waits: a job that needs something from it would make it wait forever.
///
/// In two cases nobody waits, and the jobs that have not run when `main` returns are lost:
///
/// - One of its own workers drops the pool, because a job held the last [`Arc`]. A thread cannot
///   wait for its own end. The workers still run what was accepted, then end by themselves.
/// - The pool is in a `static`, which is never dropped.
///
/// # Panics of jobs
///
/// A job that panics costs no worker. [`JobHandle::join`] returns the panic; nobody else learns of
/// it, apart from the message that the panic hook prints. A program compiled with
/// `panic = "abort"` ends at the first panic, here as elsewhere.
///
/// # What jobs share
///
/// A worker is one thread for many jobs. What a job leaves in a [`thread_local!`] variable, the
/// next job on that worker finds, where a new thread would have started afresh.
///
/// # Jobs that wait
///
/// A worker whose job blocks runs no other job. A job that waits for a job of its own pool may wait
/// forever, see [`JobHandle::join`]. The same holds for a job that calls [`submit`] on its own
/// pool: while the queue is full and all workers wait for room, nobody makes any. Let a job use
/// [`try_submit`], which never waits for room.
///
/// # Examples
///
/// ```
/// use thread_pools::ThreadPool;
///
/// let pool = ThreadPool::new(4, 16);
/// let answer = pool.submit(|| 6 * 7);
/// assert_eq!(answer.join().expect("the job does not panic"), 42);
/// ```
///
/// [`new`]: ThreadPool::new
/// [`submit`]: ThreadPool::submit
/// [`try_submit`]: ThreadPool::try_submit
/// [`shutdown`]: ThreadPool::shutdown
pub struct ThreadPool {
    queue: Arc<Queue<Job>>,
    workers: Vec<sync::JoinHandle<()>>,
}

impl ThreadPool {
    /// Starts `workers` threads, and makes a queue with room for `capacity` jobs.
    ///
    /// The capacity counts the jobs that wait, not those that run: the pool holds up to
    /// `workers + capacity` jobs. The threads are called `worker-0`, `worker-1` and so on.
    ///
    /// # Panics
    ///
    /// Panics if `workers` or `capacity` is zero, and if the operating system gives no thread. In
    /// that case, the threads that have been started end again.
    #[must_use]
    // ANCHOR: new
    pub fn new(workers: usize, capacity: usize) -> Self {
        assert!(workers > 0, "a pool needs a worker");
        assert!(capacity > 0, "a job needs a place to wait");
        let mut pool = Self {
            queue: Arc::new(Queue::new(capacity)),
            workers: Vec::new(),
        };
        for number in 0..workers {
            let queue = Arc::clone(&pool.queue);
            let worker = Builder::new()
                .name(format!("worker-{number}"))
                .spawn(move || work(&queue))
                .expect("the system gives a thread");
            pool.workers.push(worker);
        }
        pool
    }
    // ANCHOR_END: new

    /// Accepts a job, and blocks the calling thread until the queue has room for it.
    ///
    /// Threads that wait for room get it in no particular order. What happened before the call, the
    /// job sees.
    ///
    /// # Examples
    ///
    /// ```
    /// use thread_pools::ThreadPool;
    ///
    /// // One place in the queue, and yet ten jobs: `submit` waits for room.
    /// let pool = ThreadPool::new(1, 1);
    /// let jobs: Vec<_> = (0..10).map(|n| pool.submit(move || n)).collect();
    /// for (n, job) in jobs.into_iter().enumerate() {
    ///     assert_eq!(job.join().expect("no job panics"), n);
    /// }
    /// ```
    pub fn submit<T, F>(&self, job: F) -> JobHandle<T>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        let (job, handle) = with_handle(job);
        self.queue.push(job);
        handle
    }

    /// Accepts a job if the queue has room for it now.
    ///
    /// # Errors
    ///
    /// Gives the job back if the queue is full.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::sync::mpsc;
    ///
    /// use thread_pools::ThreadPool;
    ///
    /// let pool = ThreadPool::new(1, 1);
    /// let (started, has_started) = mpsc::channel();
    /// let (go_on, may_go_on) = mpsc::channel::<()>();
    ///
    /// // The worker is busy, and a second job has the only place.
    /// let first = pool.submit(move || {
    ///     started.send(()).expect("the test waits for it");
    ///     may_go_on.recv()
    /// });
    /// has_started.recv().expect("the first job starts");
    /// let second = pool.submit(|| 2);
    ///
    /// // So a third comes back, and can be run here.
    /// let third = pool.try_submit(|| 3).expect_err("the queue is full");
    /// assert_eq!(third(), 3);
    /// # go_on.send(()).expect("the first job waits for it");
    /// # assert!(first.join().is_ok());
    /// # assert!(second.join().is_ok());
    /// ```
    pub fn try_submit<T, F>(&self, job: F) -> Result<JobHandle<T>, F>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        let Some(place) = self.queue.try_reserve() else {
            return Err(job);
        };
        let (job, handle) = with_handle(job);
        place.fill(job);
        Ok(handle)
    }

    /// Tells how many accepted jobs no worker had taken when it looked.
    ///
    /// The number is for a log line or a test: it may change before you read it.
    #[must_use]
    pub fn queued(&self) -> usize {
        self.queue.len()
    }

    /// Ends the pool: waits until all accepted jobs have run and the workers have ended.
    ///
    /// This is what dropping the pool does, see [the type](ThreadPool#the-end).
    ///
    /// # Examples
    ///
    /// ```
    /// use std::sync::Arc;
    /// use std::sync::atomic::{AtomicUsize, Ordering};
    ///
    /// use thread_pools::ThreadPool;
    ///
    /// let pool = ThreadPool::new(1, 8);
    /// let saved = Arc::new(AtomicUsize::new(0));
    /// for _ in 0..5 {
    ///     let saved = Arc::clone(&saved);
    ///     pool.submit(move || saved.fetch_add(1, Ordering::Relaxed));
    /// }
    ///
    /// pool.shutdown();
    /// assert_eq!(saved.load(Ordering::Relaxed), 5);
    /// ```
    pub fn shutdown(self) {
        drop(self);
    }
}

/// Makes of the user's closure a job that delivers its result, or its panic, to the handle.
// ANCHOR: with_handle
fn with_handle<T, F>(job: F) -> (Job, JobHandle<T>)
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    let (promise, handle) = handle::slot();
    // As with `thread::spawn`, a panic ends the whole job. What others share with it
    // they may find half changed: a poisoned `Mutex` tells them.
    let job = move || promise.fulfill(catch_unwind(AssertUnwindSafe(job)));
    (Box::new(job), handle)
}
// ANCHOR_END: with_handle

/// What a worker does in its life: it runs jobs until no more will come.
// ANCHOR: work
fn work(queue: &Queue<Job>) {
    while let Some(job) = queue.pop() {
        run(job);
    }
}
// ANCHOR_END: work

/// Runs a job, and lets no panic out, so that no job ends its worker.
///
/// [`with_handle`] catches the panics of the user's closure. What may still panic is the destructor
/// of a result that nobody waits for.
fn run(job: Job) {
    if let Err(panic) = catch_unwind(AssertUnwindSafe(job)) {
        // Not dropped: it may be a value whose destructor panics once more.
        mem::forget(panic);
    }
}

// ANCHOR: drop
impl Drop for ThreadPool {
    fn drop(&mut self) {
        self.queue.close();
        let here = sync::current().id();
        let own_worker = self.workers.iter().any(|w| w.thread().id() == here);
        if own_worker {
            // A job owned the last `Arc` of its own pool. This thread cannot wait for
            // itself, nor for workers that may be waiting for this job.
            return;
        }
        for worker in self.workers.drain(..) {
            // No error to tell of: `work` does not panic.
            let _ended = worker.join();
        }
    }
}
// ANCHOR_END: drop

impl fmt::Debug for ThreadPool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ThreadPool")
            .field("workers", &self.workers.len())
            .field("queued", &self.queued())
            .finish_non_exhaustive()
    }
}
