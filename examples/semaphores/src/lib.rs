//! A counting semaphore for threads, built from [`std::sync::Mutex`] and [`std::sync::Condvar`].
//!
//! This is the library of the book's chapter on semaphores.
//!
//! - `src/semaphore.rs` holds all of it: [`Semaphore`], which counts permits and makes threads
//!   wait for one, and [`Permit`], which gives its permit back when it is dropped.
//! - `src/bin/` holds the programs that the chapter shows.
//! - `tests/semaphore.rs` tests the library as its user sees it, `tests/loom.rs` runs all of it but
//!   `acquire_timeout` in many orders of its threads' steps, and `tests/loom_without_notify.rs` shows
//!   that this search finds a lost wake-up. `tests/spurious_wakeups.rs` wakes threads for no reason.
//! - `tests/tokio_semaphore.rs` holds what the chapter says of tokio's semaphore.

#![forbid(unsafe_code)]

mod semaphore;

pub use semaphore::{Permit, Semaphore};

/// The parts that the semaphore is built from.
///
/// `semaphore.rs` takes them from here, and not from `std` directly, so that the tests can compile
/// the same file, unchanged, with loom's lock and loom's condition variable in their place.
mod sync {
    pub(crate) use std::sync::{Condvar, Mutex, MutexGuard};
}
