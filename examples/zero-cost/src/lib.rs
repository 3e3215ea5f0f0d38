//! An executor for programs without an operating system: no `std`, no heap, tasks in fixed places.
//!
//! This is the library of the book's chapter on what zero-cost means. It is meant to be read. It needs
//! a core that can swap a byte atomically (Cortex-M3 and up, not Cortex-M0), and runs on a computer
//! too: the tests run it there.
//!
//! [`run`] polls a fixed number of tasks on the one stack there is. A [`Flag`] is both what wakes a
//! task and what an interrupt handler may call: raising it takes one atomic swap, no lock and no
//! allocation. Where there is nothing to do, [`run`] calls a function of yours, which on a
//! microcontroller puts the core to sleep until the next interrupt.

#![no_std]
#![deny(unsafe_op_in_unsafe_fn)]
#![expect(
    unsafe_code,
    reason = "without a heap there is no Arc, and without Arc a waker is a pointer and a vtable"
)]

use core::pin::Pin;
use core::sync::atomic::{AtomicBool, Ordering};
use core::task::{Context, Poll, RawWaker, RawWakerVTable, Waker};

/// A task: a future that somebody has pinned, of any type.
// ANCHOR: task
pub type Task<'a> = Pin<&'a mut dyn Future<Output = ()>>;
// ANCHOR_END: task

// ANCHOR: flag
/// Whether a task is to be polled.
#[derive(Debug)]
pub struct Flag(AtomicBool);

impl Flag {
    /// A flag. [`run`] raises it before the first poll.
    pub const fn new() -> Flag {
        Flag(AtomicBool::new(true))
    }

    /// A waker that raises this flag. It is a reference and nothing else: to clone, to call and to
    /// drop it allocates nothing and takes no lock.
    pub fn waker(&'static self) -> Waker {
        // SAFETY: the functions of the vtable take the pointer for what it is, a `&'static Flag`,
        // which may be copied and used on any thread, and needs no dropping.
        unsafe { Waker::from_raw(RawWaker::new((&raw const *self).cast(), &VTABLE)) }
    }

    /// Raises the flag. An interrupt handler may call this, and so may any thread.
    pub fn raise(&self) {
        // A swap, not a store: a store would cut off what an earlier raise has published, if the
        // executor sees only the later one.
        self.0.swap(true, Ordering::Release);
    }

    fn take(&self) -> bool {
        self.0.swap(false, Ordering::Acquire)
    }
}

// ANCHOR_END: flag

impl Default for Flag {
    fn default() -> Flag {
        Flag::new()
    }
}

// ANCHOR: vtable
static VTABLE: RawWakerVTable = RawWakerVTable::new(clone, wake, wake, drop_waker);

unsafe fn clone(flag: *const ()) -> RawWaker {
    RawWaker::new(flag, &VTABLE)
}

unsafe fn wake(flag: *const ()) {
    // SAFETY: only `Flag::waker` and `clone` use this vtable, with a pointer from a `&'static Flag`.
    let flag = unsafe { &*flag.cast::<Flag>() };
    flag.raise();
}

unsafe fn drop_waker(_: *const ()) {}
// ANCHOR_END: vtable

/// Runs the tasks until all have ended. The flag at the same place in `flags` wakes a task.
///
/// `idle` is called after a pass in which no task was polled. A flag may have been raised since, so
/// `idle` must not sleep through a wake that came before it: use a wait that remembers it (`wfe` on
/// Arm after an interrupt, `thread::park` after `unpark`), not a bare `wfi`. It may return too early.
///
/// A flag must not be used for two tasks at the same time, or one takes the other's wake.
// ANCHOR: run
pub fn run<const N: usize>(
    mut tasks: [Task<'_>; N],
    flags: &'static [Flag; N],
    mut idle: impl FnMut(),
) {
    flags.iter().for_each(Flag::raise); // each task begins with a poll
    let mut ended = [false; N];
    while ended.contains(&false) {
        let mut was_woken = false;
        for ((task, flag), has_ended) in tasks.iter_mut().zip(flags).zip(&mut ended) {
            // Taken down before the poll: a wake that comes meanwhile raises it again.
            if !flag.take() || *has_ended {
                continue;
            }
            was_woken = true;
            let waker = flag.waker();
            if let Poll::Ready(()) = task.as_mut().poll(&mut Context::from_waker(&waker)) {
                *has_ended = true;
            }
        }
        if !was_woken {
            idle();
        }
    }
}
// ANCHOR_END: run
