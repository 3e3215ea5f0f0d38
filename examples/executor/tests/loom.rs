//! The executor's wake-ups, in all the orders of the threads' steps that loom knows of.
//!
//! loom runs a model again and again, each time with another order of those steps or with another of
//! the values that a load may return, until every case that it knows of is covered. A lost wake-up is
//! a case in which every thread sleeps: loom reports it as a deadlock. For this it needs locks and
//! threads of its own: `mod sync` hands them to the files of the library, which are compiled here as
//! they stand.

use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Poll, Waker};

use loom::sync::Mutex;
use loom::sync::atomic::AtomicBool;
use loom::sync::atomic::Ordering::Relaxed;
use loom::thread;

use executor::Executor;

#[path = "../src/executor.rs"]
mod executor;
#[path = "../src/join.rs"]
mod join;
#[path = "../src/queue.rs"]
mod queue;
#[path = "../src/task.rs"]
mod task;

mod sync {
    pub(crate) use loom::sync::atomic::AtomicBool;
    pub(crate) use loom::sync::{Condvar, Mutex, MutexGuard};
}

/// Something that happens on another thread, and the waker of who waits for it.
#[derive(Default)]
struct Bell {
    has_rung: bool,
    waker: Option<Waker>,
}

/// Waits until the bell has rung, and leaves its waker there.
async fn hear(bell: Arc<Mutex<Bell>>) {
    poll_fn(move |context| {
        let mut bell = bell.lock().expect("no panic");
        if bell.has_rung {
            return Poll::Ready(());
        }
        bell.waker = Some(context.waker().clone());
        Poll::Pending
    })
    .await;
}

/// Rings, from another thread.
fn ring(bell: &Mutex<Bell>) {
    let waker = {
        let mut bell = bell.lock().expect("no panic");
        bell.has_rung = true;
        bell.waker.take()
    };
    if let Some(waker) = waker {
        waker.wake();
    }
}

fn bell() -> Arc<Mutex<Bell>> {
    Arc::new(Mutex::new(Bell::default()))
}

#[test]
fn a_wake_from_another_thread_reaches_the_root_future() {
    loom::model(|| {
        let bell = bell();
        let ringer = thread::spawn({
            let bell = Arc::clone(&bell);
            move || ring(&bell)
        });
        Executor::new().block_on(hear(bell));
        ringer.join().expect("it does not panic");
    });
}

#[test]
fn a_wake_from_another_thread_reaches_a_task_and_its_handle() {
    loom::model(|| {
        let bell = bell();
        let ringer = thread::spawn({
            let bell = Arc::clone(&bell);
            move || ring(&bell)
        });
        let mut executor = Executor::new();
        let task = executor.spawner().spawn(hear(bell));
        executor.block_on(task).expect("it does not panic");
        ringer.join().expect("it does not panic");
    });
}

#[test]
fn a_task_spawned_by_another_thread_runs() {
    loom::model(|| {
        let bell = bell();
        let mut executor = Executor::new();
        let spawner = executor.spawner();
        let other = thread::spawn({
            let bell = Arc::clone(&bell);
            move || drop(spawner.spawn(async move { ring(&bell) }))
        });
        executor.block_on(hear(bell));
        other.join().expect("it does not panic");
    });
}

#[test]
fn a_handle_is_woken_on_another_executor() {
    loom::model(|| {
        let bell = bell();
        let mut first = Executor::new();
        let task = first.spawner().spawn(async { 4 });
        let other = thread::spawn({
            let bell = Arc::clone(&bell);
            move || {
                let result = Executor::new().block_on(task);
                ring(&bell);
                result.expect("it does not panic")
            }
        });
        first.block_on(hear(bell));
        assert_eq!(other.join().expect("it does not panic"), 4);
    });
}

// In the next two, two threads wake the same future, and one of the wakes may find it queued
// already. No lock orders the flags: what a thread did before its wake is seen only if the wake
// itself orders it.

#[test]
fn of_two_wakes_at_once_neither_is_lost() {
    loom::model(|| {
        let flags = Arc::new([AtomicBool::new(false), AtomicBool::new(false)]);
        let mut threads = Vec::new();
        Executor::new().block_on(poll_fn(|context| {
            if threads.is_empty() {
                for number in 0..2 {
                    let (flags, waker) = (Arc::clone(&flags), context.waker().clone());
                    threads.push(thread::spawn(move || {
                        flags[number].store(true, Relaxed);
                        waker.wake();
                    }));
                }
                return Poll::Pending;
            }
            match flags.iter().all(|flag| flag.load(Relaxed)) {
                true => Poll::Ready(()),
                false => Poll::Pending,
            }
        }));
        for thread in threads {
            thread.join().expect("it does not panic");
        }
    });
}

#[test]
fn of_two_wakes_of_a_task_neither_is_lost() {
    loom::model(|| {
        let flags = Arc::new([AtomicBool::new(false), AtomicBool::new(false)]);
        let mut executor = Executor::new();
        let seen = Arc::clone(&flags);
        let mut is_first = true;
        let task = executor.spawner().spawn(poll_fn(move |context| {
            if is_first {
                is_first = false;
                for number in 0..2 {
                    let (flags, waker) = (Arc::clone(&seen), context.waker().clone());
                    thread::spawn(move || {
                        flags[number].store(true, Relaxed);
                        waker.wake();
                    });
                }
                return Poll::Pending;
            }
            match seen.iter().all(|flag| flag.load(Relaxed)) {
                true => Poll::Ready(()),
                false => Poll::Pending,
            }
        }));
        executor.block_on(task).expect("it does not panic");
    });
}
