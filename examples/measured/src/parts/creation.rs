//! The time to create a thread, and a task.
//!
//! Threads and tasks return at once. *Created* is the time until `spawn` has returned, without the
//! work of ending; *created and awaited* lasts until one has ended and its `join` or `await` has
//! returned, before the next one is created. Tasks are created on a runtime of one thread, by its
//! first task, and its thread runs them too. The figure is the mean of all in one run,
//! after a warm-up of half as many. The clock is read once a batch, which costs less than a
//! nanosecond for each.

use std::thread;
use std::time::{Duration, Instant};

use tokio::runtime::Builder;

use crate::case::{Case, Quantity, Skip, Unit};
use crate::{Scale, rounds};

const THREADS: usize = rounds(2_000) as usize;
const TASKS: usize = rounds(500_000) as usize;
/// As many are created before the first of them is waited for.
const BATCH: usize = 100;

/// The cases of this part.
pub fn cases(_: Scale) -> Vec<Case> {
    let quantity = |key: &str, label: &str| {
        Quantity::new(format!("creation/{key}"), label, Unit::Microseconds)
    };
    vec![
        Case::all_or_none(
            "creation/thread",
            vec![
                quantity("thread/spawn", "thread: created"),
                quantity("thread/spawn-join", "thread: created and joined"),
            ],
            || {
                time_threads(THREADS / 2)?;
                time_threads(THREADS)
            },
        ),
        Case::all_or_none(
            "creation/task",
            vec![
                quantity("task/spawn", "task: created"),
                quantity("task/spawn-await", "task: created and awaited"),
            ],
            || {
                let runtime = Builder::new_current_thread().build()?;
                runtime.block_on(async {
                    tokio::spawn(async {
                        time_tasks(TASKS / 2).await?;
                        time_tasks(TASKS).await
                    })
                    .await?
                })
            },
        ),
    ]
}

/// Microseconds until a thread is created, and until it has been joined.
fn time_threads(count: usize) -> Result<Vec<f64>, Skip> {
    let mut until_spawned = Duration::ZERO;
    let mut threads = Vec::with_capacity(BATCH);
    for _ in 0..count / BATCH {
        let start = Instant::now();
        for _ in 0..BATCH {
            threads.push(thread::Builder::new().spawn(|| ())?);
        }
        until_spawned += start.elapsed();
        for thread in threads.drain(..) {
            thread.join().expect("it does nothing");
        }
    }

    let start = Instant::now();
    for _ in 0..count {
        let thread = thread::Builder::new().spawn(|| ())?;
        thread.join().expect("it does nothing");
    }
    let until_joined = start.elapsed();
    Ok(vec![each(until_spawned, count), each(until_joined, count)])
}

/// Microseconds until a task is created, and until it has been awaited.
async fn time_tasks(count: usize) -> Result<Vec<f64>, Skip> {
    let mut until_spawned = Duration::ZERO;
    let mut tasks = Vec::with_capacity(BATCH);
    for _ in 0..count / BATCH {
        let start = Instant::now();
        for _ in 0..BATCH {
            tasks.push(tokio::spawn(async {}));
        }
        until_spawned += start.elapsed();
        for task in tasks.drain(..) {
            task.await.expect("it does nothing");
        }
    }

    let start = Instant::now();
    for _ in 0..count {
        tokio::spawn(async {}).await.expect("it does nothing");
    }
    let until_awaited = start.elapsed();
    Ok(vec![each(until_spawned, count), each(until_awaited, count)])
}

fn each(total: Duration, count: usize) -> f64 {
    total.as_secs_f64() * 1e6 / count as f64
}
