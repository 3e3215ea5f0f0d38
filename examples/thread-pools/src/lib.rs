//! A thread pool of fixed size, with a bounded queue, built from [`std::sync::Mutex`] and
//! [`std::sync::Condvar`].
//!
//! This is the library of the book's chapter on thread pools.
//!
//! - `src/pool.rs` holds [`ThreadPool`]: it starts the workers, accepts jobs, and ends.
//! - `src/queue.rs` holds the queue between those who submit and the workers. Both may wait there.
//! - `src/handle.rs` holds [`JobHandle`], by which a job's result comes back.
//! - `src/bin/` holds the programs that the chapter shows.
//! - `tests/pool.rs` tests the pool as its user sees it, and `tests/queue.rs` what its user cannot
//!   do: push into a closed queue.
//! - `tests/loom.rs` runs the queue, the handle and the pool in many orders of their threads' steps.
//!   The three `tests/loom_with*.rs` show that this search finds lost wake-ups.
//!   `tests/spurious_wakeups.rs` wakes threads for no reason, which loom does not.
//! - `tests/tokio_blocking_pool.rs` holds what the chapter says of tokio's pool for blocking calls.
//!
//! # Examples
//!
//! ```
//! use thread_pools::ThreadPool;
//!
//! // Two threads, and room for eight jobs that wait for one of them.
//! let pool = ThreadPool::new(2, 8);
//!
//! let squares: Vec<_> = (1..=3).map(|n| pool.submit(move || n * n)).collect();
//! let sum: u32 = squares
//!     .into_iter()
//!     .map(|square| square.join().expect("no job panics"))
//!     .sum();
//! assert_eq!(sum, 14);
//! ```

#![forbid(unsafe_code)]

mod handle;
mod pool;
mod queue;

pub use handle::JobHandle;
pub use pool::ThreadPool;

/// The parts that the pool is built from.
///
/// The other files take them from here, and not from `std` directly, so that the tests can compile
/// the same files, unchanged, with loom's in their place.
mod sync {
    pub(crate) use std::sync::{Condvar, Mutex, MutexGuard};
    pub(crate) use std::thread::{Builder, JoinHandle, current};
}
