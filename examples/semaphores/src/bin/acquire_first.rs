//! Ten downloads, three at a time: the place of `acquire` decides how many tasks exist.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

static RUNNING: AtomicUsize = AtomicUsize::new(0);
static MOST_RUNNING: AtomicUsize = AtomicUsize::new(0);

async fn download() {
    let running = RUNNING.fetch_add(1, Ordering::SeqCst) + 1;
    MOST_RUNNING.fetch_max(running, Ordering::SeqCst);
    sleep(Duration::from_secs(1)).await;
    RUNNING.fetch_sub(1, Ordering::SeqCst);
}

/// Returns how many tasks the set held at most.
async fn acquire_inside_the_task() -> usize {
    let semaphore = Arc::new(Semaphore::new(3));
    let mut tasks = JoinSet::new();
    for _ in 0..10 {
        let semaphore = Arc::clone(&semaphore);
        tasks.spawn(async move {
            let _permit = semaphore.acquire().await.expect("nobody closes it");
            download().await;
        });
    }
    let most_tasks = tasks.len();
    tasks.join_all().await;
    most_tasks
}

/// Returns how many tasks the set held at most.
async fn acquire_before_the_spawn() -> usize {
    let semaphore = Arc::new(Semaphore::new(3));
    let mut tasks = JoinSet::new();
    let mut most_tasks = 0;
    for _ in 0..10 {
        let permit = Arc::clone(&semaphore).acquire_owned().await;
        let permit = permit.expect("nobody closes it");
        // The set keeps a task that has ended until somebody asks for its result.
        while let Some(result) = tasks.try_join_next() {
            result.expect("no download panics");
        }
        tasks.spawn(async move {
            download().await;
            drop(permit);
        });
        most_tasks = most_tasks.max(tasks.len());
    }
    tasks.join_all().await;
    most_tasks
}

fn report(name: &str, most_tasks: usize, start: Instant) {
    let most_running = MOST_RUNNING.swap(0, Ordering::SeqCst);
    let took = start.elapsed();
    println!("{name}: {most_running} downloads at once, {most_tasks} tasks, {took:?}");
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let most_tasks = acquire_inside_the_task().await;
    report("inside the task", most_tasks, start);

    let start = Instant::now();
    let most_tasks = acquire_before_the_spawn().await;
    report("before the spawn", most_tasks, start);
}
