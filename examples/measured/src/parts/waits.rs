//! N waits of ten milliseconds each: on a pool of four threads, on a thread each, and as tasks on one
//! thread.
//!
//! All waits could be over after ten milliseconds. The figure says how many times as long it takes
//! until they are: 1 is ideal. The time runs from the first submission to the last result; the
//! making of the pool or of the runtime is not in it, the making of the threads and of the tasks is.
//! One wait of each kind comes before.

use std::thread;
use std::time::{Duration, Instant};

use thread_pools::ThreadPool;
use tokio::runtime::Builder;
use tokio::task::JoinSet;

use crate::Scale;
use crate::case::{Case, Quantity, Skip, Unit, number};

/// How long each waits.
pub const WAIT: Duration = Duration::from_millis(10);
/// How many threads the pool has.
pub const WORKERS: usize = 4;

/// The cases of this part.
pub fn cases(scale: Scale) -> Vec<Case> {
    let mut cases = Vec::new();
    for (kind, label, sizes, work) in [
        (
            "pool",
            "pool of 4 threads",
            &[10, 100, 1_000][..],
            on_a_pool as fn(usize) -> Result<Duration, Skip>,
        ),
        (
            "threads",
            "a thread each",
            &[10, 100, 1_000, 10_000][..],
            on_threads,
        ),
        (
            "tasks",
            "tasks on one thread",
            &[10, 100, 1_000, 10_000][..],
            as_tasks,
        ),
    ] {
        for &count in sizes {
            if scale == Scale::Quick && count > 100 {
                continue;
            }
            let name = format!("waits/{kind}/{count}");
            let label = format!("{label}, {} waits", number(count as f64));
            let quantity = Quantity::new(name.clone(), label, Unit::Times);
            cases.push(Case::all_or_none(name, vec![quantity], move || {
                let total = work(count)?;
                Ok(vec![total.as_secs_f64() / WAIT.as_secs_f64()])
            }));
        }
    }
    cases
}

fn on_a_pool(count: usize) -> Result<Duration, Skip> {
    let pool = ThreadPool::new(WORKERS, count);
    let wait = || thread::sleep(WAIT);
    pool.submit(wait).join().expect("a sleep does not panic");

    let start = Instant::now();
    let jobs: Vec<_> = (0..count).map(|_| pool.submit(wait)).collect();
    for job in jobs {
        job.join().expect("a sleep does not panic");
    }
    Ok(start.elapsed())
}

fn on_threads(count: usize) -> Result<Duration, Skip> {
    let spawn = || thread::Builder::new().spawn(|| thread::sleep(WAIT));
    spawn()?.join().expect("a sleep does not panic");

    let start = Instant::now();
    let mut threads = Vec::with_capacity(count);
    for _ in 0..count {
        threads.push(spawn().map_err(|error| {
            let started = number(threads.len() as f64);
            Skip(format!("the system gives {started} threads, then: {error}"))
        })?);
    }
    for thread in threads {
        thread.join().expect("a sleep does not panic");
    }
    Ok(start.elapsed())
}

fn as_tasks(count: usize) -> Result<Duration, Skip> {
    let runtime = Builder::new_current_thread().enable_time().build()?;
    runtime.block_on(async {
        tokio::spawn(tokio::time::sleep(WAIT)).await?;

        let start = Instant::now();
        let mut tasks = JoinSet::new();
        for _ in 0..count {
            tasks.spawn(tokio::time::sleep(WAIT));
        }
        while let Some(task) = tasks.join_next().await {
            task?;
        }
        Ok(start.elapsed())
    })
}
