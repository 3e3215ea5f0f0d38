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
//! touched. Not in it: what the kernel keeps for a thread, which is not memory of the process. Its stacks
//! and page tables have a row of their own; they hold what other processes start and end meanwhile.
//! In the figure of a task: the block that tokio asks for, with the future and tokio's header, and what
//! the allocator loses with it. What tokio asks for has a row of its own. The handles are dropped at
//! once.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::sync::Notify;

use crate::Scale;
use crate::case::{Case, Quantity, Skip, Unit, number};
use crate::counting::allocated;
use crate::system::{memory_in_the_kernel, resident_memory};

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

/// A case with two figures: the resident memory, and for a thread the memory in the kernel, for a task
/// what tokio has asked for.
fn case(kind: &str, label: &str, count: usize, work: fn(usize) -> Result<[f64; 2], Skip>) -> Case {
    let name = format!("memory/{kind}/{count}");
    let label = format!("{label}, one of {}", number(count as f64));
    let (more, what, unit) = if kind == "threads" {
        ("kernel", "in the kernel", Unit::Kibibytes)
    } else {
        ("asked", "asked for", Unit::Bytes)
    };
    let quantities = vec![
        Quantity::new(name.clone(), label.clone(), Unit::Kibibytes),
        Quantity::new(format!("{name}/{more}"), format!("{label}: {what}"), unit),
    ];
    Case::all_or_none(name, quantities, move || Ok(work(count)?.into()))
}

/// KiB for each of `count` threads that wait, in the process and in the kernel. The threads are left
/// waiting.
fn idle_threads(count: usize) -> Result<[f64; 2], Skip> {
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
    let before = [resident_memory()?, memory_in_the_kernel()?];
    for started in 0..count {
        start_one().map_err(|error| {
            Skip(format!(
                "the system gives {} threads, then: {error}",
                number(started as f64)
            ))
        })?;
    }
    wait_until(count + 1);
    let after = [resident_memory()?, memory_in_the_kernel()?];
    Ok([0, 1].map(|part| (after[part] - before[part]) / count as f64))
}

/// How many tasks wait. A static, because an `Arc` in each task would be memory of the measurement.
static WAITING: AtomicUsize = AtomicUsize::new(0);

/// Says that the task that calls this waits. It may say so shortly before, in the same poll.
fn wait_begins() {
    WAITING.fetch_add(1, Ordering::Relaxed);
}

/// For each of `count` tasks that wait to be notified, as [`per_task`].
fn idle_tasks(count: usize) -> Result<[f64; 2], Skip> {
    let end = Arc::new(Notify::new());
    per_task(count, move || {
        let end = Arc::clone(&end);
        async move {
            wait_begins();
            end.notified().await;
        }
    })
}

/// For each of `count` tasks that sleep, as [`per_task`].
fn sleeping_tasks(count: usize) -> Result<[f64; 2], Skip> {
    per_task(count, || async {
        wait_begins();
        tokio::time::sleep(Duration::from_secs(3600)).await;
    })
}

/// For each of `count` tasks that hold nothing and wait for nothing, as [`per_task`].
fn smallest_tasks(count: usize) -> Result<[f64; 2], Skip> {
    per_task(count, || async {
        wait_begins();
        std::future::pending().await
    })
}

/// For each of `count` tasks: KiB of resident memory, and bytes asked of the allocator. They call
/// [`wait_begins`] and then wait for ever.
///
/// The futures are spawned as they are. To await one inside another would keep it twice: as what
/// the outer one has captured, and as what it awaits.
fn per_task<F>(count: usize, task: impl Fn() -> F) -> Result<[f64; 2], Skip>
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
    let ((), asked) = allocated(|| (0..count).for_each(|_| start_one()));
    wait_until(count + 1);
    let resident = (resident_memory()? - before) / count as f64;
    Ok([resident, asked.bytes as f64 / count as f64])
}
