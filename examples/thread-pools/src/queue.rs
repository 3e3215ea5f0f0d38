//! A first-in, first-out queue with room for so many items, and an end.

use std::collections::VecDeque;
use std::sync::PoisonError;

use crate::sync::{Condvar, Mutex, MutexGuard};

/// A bounded queue: who pushes waits while it is full, who pops waits while it is empty.
///
/// Each of the two waits has its own condition variable. If they shared one, `notify_one` could
/// wake a thread that waits for the other thing, and be lost (`tests/loom_with_one_condvar.rs`).
///
/// No code of the pool's user runs while the lock is held: items are moved in and out, and neither
/// called nor dropped. The only panic that can poison the lock is that of a push into a closed
/// queue, which has changed nothing. So the queue goes on in spite of it (`tests/queue.rs`).
// ANCHOR: state
pub(crate) struct Queue<T> {
    state: Mutex<State<T>>,
    capacity: usize,
    /// Where a thread sleeps that wants to pop from the empty queue.
    not_empty: Condvar,
    /// Where a thread sleeps that wants to push into the full queue.
    not_full: Condvar,
}

struct State<T> {
    items: VecDeque<T>,
    /// Whether the items that are here are the last.
    closed: bool,
}
// ANCHOR_END: state

impl<T> Queue<T> {
    /// Makes an empty queue, which takes memory as the items come, not for `capacity` of them at once.
    pub(crate) fn new(capacity: usize) -> Self {
        Self {
            state: Mutex::new(State {
                items: VecDeque::new(),
                closed: false,
            }),
            capacity,
            not_empty: Condvar::new(),
            not_full: Condvar::new(),
        }
    }

    /// Appends an item, and blocks the calling thread until there is room for it.
    ///
    /// # Panics
    ///
    /// Panics if the queue is closed.
    // ANCHOR: push_pop
    pub(crate) fn push(&self, item: T) {
        let mut state = self.lock();
        while state.items.len() >= self.capacity {
            state = self
                .not_full
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
        state.push(item);
        drop(state);
        self.not_empty.notify_one();
    }

    /// Takes the oldest item, and blocks the calling thread while there is none.
    ///
    /// Returns `None` once the queue is closed and empty.
    pub(crate) fn pop(&self) -> Option<T> {
        let mut state = self.lock();
        while state.items.is_empty() && !state.closed {
            state = self
                .not_empty
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
        let item = state.items.pop_front();
        drop(state);
        self.not_full.notify_one();
        item
    }
    // ANCHOR_END: push_pop

    /// Takes a place in the queue if there is one now. Others wait for the lock until it is filled.
    pub(crate) fn try_reserve(&self) -> Option<Place<'_, T>> {
        let state = self.lock();
        (state.items.len() < self.capacity).then_some(Place { queue: self, state })
    }

    /// Says that no item will be pushed any more, and wakes everyone who waits for one.
    ///
    /// The caller sees to it that nobody pushes from now on. The pool calls this when it is
    /// dropped: who pushes has borrowed the pool, so by then nobody does.
    pub(crate) fn close(&self) {
        self.lock().closed = true;
        self.not_empty.notify_all();
    }

    /// Tells how many items were in the queue when it looked.
    pub(crate) fn len(&self) -> usize {
        self.lock().items.len()
    }

    /// Locks the state, poisoned or not: see the type.
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A free place in a queue, kept free by the lock.
pub(crate) struct Place<'a, T> {
    queue: &'a Queue<T>,
    state: MutexGuard<'a, State<T>>,
}

impl<T> Place<'_, T> {
    /// Puts an item into this place.
    ///
    /// # Panics
    ///
    /// Panics if the queue is closed.
    pub(crate) fn fill(mut self, item: T) {
        self.state.push(item);
        drop(self.state);
        self.queue.not_empty.notify_one();
    }
}

impl<T> State<T> {
    fn push(&mut self, item: T) {
        assert!(!self.closed, "nobody pushes into a closed queue");
        self.items.push_back(item);
    }
}
