//! An allocator that counts while it is told to.
//!
//! The rest of the book counts with the crate `allocation-counter`. That keeps three kilobytes for
//! each thread, which would stand here in the memory of a thread. This allocator keeps none, and
//! costs the cases that don't count one load of a variable that nobody writes meanwhile.

#![expect(
    unsafe_code,
    reason = "an allocator is an unsafe trait; this one hands each call on to the system's"
)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

static IS_COUNTING: AtomicBool = AtomicBool::new(false);
static ALLOCATIONS: AtomicU64 = AtomicU64::new(0);
static BYTES: AtomicU64 = AtomicU64::new(0);

#[global_allocator]
static COUNTING: Counting = Counting;

struct Counting;

/// What has been allocated while some work ran.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allocated {
    /// How many times memory was asked for. To enlarge a block counts as asking.
    pub count: u64,
    /// How many bytes were asked for.
    pub bytes: u64,
}

/// Runs the work, and counts what the whole process allocates meanwhile. Other threads that allocate
/// are counted too, so there should be none.
pub fn allocated<T>(work: impl FnOnce() -> T) -> (T, Allocated) {
    let before = (
        ALLOCATIONS.load(Ordering::SeqCst),
        BYTES.load(Ordering::SeqCst),
    );
    IS_COUNTING.store(true, Ordering::SeqCst);
    let result = work();
    IS_COUNTING.store(false, Ordering::SeqCst);
    let allocated = Allocated {
        count: ALLOCATIONS.load(Ordering::SeqCst) - before.0,
        bytes: BYTES.load(Ordering::SeqCst) - before.1,
    };
    (result, allocated)
}

fn note(bytes: usize) {
    if IS_COUNTING.load(Ordering::Relaxed) {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        BYTES.fetch_add(bytes as u64, Ordering::Relaxed);
    }
}

// SAFETY: each function hands its arguments on to the system's allocator, which keeps the contract.
// `note` neither allocates nor panics.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        note(layout.size());
        // SAFETY: our caller keeps the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        note(layout.size());
        // SAFETY: our caller keeps the contract of `alloc_zeroed`.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        note(new_size);
        // SAFETY: our caller keeps the contract of `realloc`, and the block is the system's.
        unsafe { System.realloc(block, layout, new_size) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: our caller keeps the contract of `dealloc`, and the block is the system's.
        unsafe { System.dealloc(block, layout) }
    }
}
