//! What can go on.

use std::collections::VecDeque;
use std::sync::{Arc, PoisonError};

use crate::sync::{Condvar, Mutex, MutexGuard};
use crate::task::Task;

// ANCHOR: queue
/// Something that was woken.
#[derive(Debug)]
pub(crate) enum Woken {
    /// The future that `block_on` was called with.
    Root,
    /// A spawned task.
    Task(Arc<Task>),
}

/// What can go on, in the order in which it was woken.
#[derive(Debug, Default)]
pub(crate) struct Queue {
    state: Mutex<State>,
    /// Notified when something comes into the queue.
    not_empty: Condvar,
}

#[derive(Debug, Default)]
struct State {
    woken: VecDeque<Woken>,
    /// Whether the executor is gone. Then nothing comes in any more.
    is_closed: bool,
}
// ANCHOR_END: queue

impl Queue {
    /// Puts something that was woken to the end, and wakes the thread that waits for it, if one does.
    pub(crate) fn push(&self, woken: Woken) {
        let mut state = self.lock();
        if !state.is_closed {
            state.woken.push_back(woken);
            self.not_empty.notify_one();
        }
        // If it is closed, `woken` is dropped here, after the guard, as parameters are.
    }

    // ANCHOR: pop
    /// Takes what was woken first; sleeps while there is nothing.
    pub(crate) fn pop(&self) -> Woken {
        let mut state = self.lock();
        loop {
            if let Some(woken) = state.woken.pop_front() {
                return woken;
            }
            state = self
                .not_empty
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
    // ANCHOR_END: pop

    /// Takes out everything, and lets nothing in from now on. Without this, a task in the queue and
    /// the queue in that task would keep each other alive.
    pub(crate) fn close(&self) {
        let mut state = self.lock();
        state.is_closed = true;
        let woken = std::mem::take(&mut state.woken);
        // Dropping a task drops its future, whose destructor may wake something: not under the lock.
        drop(state);
        drop(woken);
    }

    /// The state. No code of a user runs under the lock, so no panic leaves it half changed.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
