//! Resident memory for one idle thread, and for one idle task.
//!
//! A case starts N threads with Rust's default stack, or N tasks, and waits until all of them wait:
//! threads on one `Condvar`, tasks on one `Notify`, sleeping tasks for a time that does not come, and
//! the tasks that hold nothing on `std::future::pending`, which is the least that a task takes. It
//! reads the resident memory of its process before and after, takes the difference, and divides by
//! N. The reading before is taken when one of the same kind waits already, so that what the first
//! one brings along (the runtime, the timer, the allocator's first pages) is not in it.
//!
//! In the figure of a thread: the pages of its stack and of its thread-local storage that it has
//! touched. Not in it: what the kernel keeps for a thread, its kernel stack above all, which
//! is not memory of the process. In the figure of a task: its future, and what tokio allocates with
//! it. The handles are dropped at once.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::sync::Notify;

use crate::Scale;
use crate::case::{Case, Quantity, Skip, Unit, number};
use crate::system::resident_memory;

/// The cases of this part.
pub fn cases(scale: Scale) -> Vec<Case> {
    let (threads, tasks): (&[usize], &[usize]) = match scale {
        Scale::Quick => (&[1_000], &[1_000, 10_000, 100_000]),
        Scale::Full => (&[1_000, 10_000], &[1_000, 10_000, 100_000, 1_000_000]),
    };
    let mut cases = Vec::new();
    for &count in threads {
        cases.push(case("threads", "thread", count, idle_threads));
    }
    for &count in tasks {
        cases.push(case("tasks", "task", count, idle_tasks));
    }
    let (sleeps, holds_nothing) = ("task that sleeps", "task that holds nothing");
    cases.push(case("sleeping-tasks", sleeps, 100_000, sleeping_tasks));
    cases.push(case(
        "smallest-tasks",
        holds_nothing,
        100_000,
        smallest_tasks,
    ));
    cases
}

fn case(kind: &str, label: &str, count: usize, work: fn(usize) -> Result<f64, Skip>) -> Case {
    let name = format!("memory/{kind}/{count}");
    let label = format!("{label}, one of {}", number(count as f64));
    let quantity = Quantity::new(name.clone(), label, Unit::Kibibytes);
    Case::all_or_none(name, vec![quantity], move || Ok(vec![work(count)?]))
}

/// KiB for each of `count` threads that wait. The threads are left waiting.
fn idle_threads(count: usize) -> Result<f64, Skip> {
    let idle = Arc::new((Mutex::new(0), Condvar::new(), Condvar::new()));
    let start_one = || -> io::Result<()> {
        let idle = Arc::clone(&idle);
        thread::Builder::new().spawn(move || {
            let (waiting, one_more, end) = &*idle;
            let mut waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
            *waiting += 1;
            one_more.notify_one();
            loop {
                // Nobody says that this is the end: the process ends with its main thread.
                waiting = end.wait(waiting).unwrap_or_else(PoisonError::into_inner);
            }
        })?;
        Ok(())
    };
    let wait_until = |count| {
        let (waiting, one_more, _) = &*idle;
        let waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
        // Who has counted itself holds the lock until it waits.
        let waiting = one_more.wait_while(waiting, |waiting| *waiting < count);
        drop(waiting.unwrap_or_else(PoisonError::into_inner));
    };

    start_one()?;
    wait_until(1);
    let before = resident_memory()?;
    for started in 0..count {
        start_one().map_err(|error| {
            Skip(format!(
                "the system gives {} threads, then: {error}",
                number(started as f64)
            ))
        })?;
    }
    wait_until(count + 1);
    Ok((resident_memory()? - before) / count as f64)
}

/// How many tasks wait. A static, because an `Arc` in each task would be memory of the measurement.
static WAITING: AtomicUsize = AtomicUsize::new(0);

/// Says that the task that calls this waits. It may say so shortly before, in the same poll.
fn wait_begins() {
    WAITING.fetch_add(1, Ordering::Relaxed);
}

/// KiB for each of `count` tasks that wait to be notified.
fn idle_tasks(count: usize) -> Result<f64, Skip> {
    let end = Arc::new(Notify::new());
    per_task(count, move || {
        let end = Arc::clone(&end);
        async move {
            wait_begins();
            end.notified().await;
        }
    })
}

/// KiB for each of `count` tasks that sleep.
fn sleeping_tasks(count: usize) -> Result<f64, Skip> {
    per_task(count, || async {
        wait_begins();
        tokio::time::sleep(Duration::from_secs(3600)).await;
    })
}

/// KiB for each of `count` tasks that hold nothing and wait for nothing.
fn smallest_tasks(count: usize) -> Result<f64, Skip> {
    per_task(count, || async {
        wait_begins();
        std::future::pending().await
    })
}

/// KiB for each of `count` tasks. They call [`wait_begins`] and then wait for ever.
///
/// The futures are spawned as they are. To await one inside another would keep it twice: as what
/// the outer one has captured, and as what it awaits.
fn per_task<F>(count: usize, task: impl Fn() -> F) -> Result<f64, Skip>
where
    F: Future<Output = ()> + Send + 'static,
{
    let runtime: Runtime = Builder::new_current_thread().enable_time().build()?;
    let start_one = || drop(runtime.spawn(task()));
    // The tasks share this thread, so that who has counted itself waits when the count is read.
    let wait_until = |count| {
        runtime.block_on(async {
            while WAITING.load(Ordering::Relaxed) < count {
                tokio::task::yield_now().await;
            }
        });
    };

    WAITING.store(0, Ordering::Relaxed);
    start_one();
    wait_until(1);
    let before = resident_memory()?;
    for _ in 0..count {
        start_one();
    }
    wait_until(count + 1);
    let after = resident_memory()?;
    Ok((after - before) / count as f64)
}
