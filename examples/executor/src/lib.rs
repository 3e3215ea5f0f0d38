//! An executor from `std` alone: it runs futures on the thread that asks for it.
//!
//! This is the library of the book's chapter on executors.
//!
//! - `src/queue.rs`: what can go on, in the order in which it was woken, and the sleep of a thread
//!   that finds nothing there.
//! - `src/task.rs`: a future with its place in the queue; the task is its own waker.
//! - `src/join.rs`: the [`JoinHandle`], which waits for what a task returns.
//! - `src/executor.rs`: the [`Executor`], which runs what the queue gives it, and the [`Spawner`].
//! - `src/bin/` holds the programs that the chapter shows.
//! - `tests/executor.rs` tests the library as its user sees it, `tests/loom.rs` runs its wake-ups in
//!   every order of the threads' steps that loom knows of, and `tests/loom_without_notify.rs` shows
//!   that this search finds a forgotten `notify_one`.
//!
//! It has no timers and no sockets: a future that waits for one needs something beside the executor
//! that calls its waker, a *reactor*. Futures that are woken by other futures or by threads, and ask for
//! no runtime of their own, run here, whichever crate they are from.

#![forbid(unsafe_code)]

mod executor;
mod join;
mod queue;
mod task;

pub use executor::{Executor, Spawner};
pub use join::JoinHandle;

/// The parts that the executor is built from.
///
/// The modules take them from here, and not from `std` directly, so that the tests can compile the
/// same files, unchanged, with loom's types in their place.
mod sync {
    pub(crate) use std::sync::atomic::AtomicBool;
    pub(crate) use std::sync::{Condvar, Mutex, MutexGuard};
}
