//! Ten downloads, three at a time: the place of `acquire` decides how many tasks exist.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

#[derive(Default)]
struct Seen {
    running: AtomicUsize,
    most_running: AtomicUsize,
    most_tasks: AtomicUsize,
}

async fn download(seen: &Seen) {
    let running = seen.running.fetch_add(1, Ordering::SeqCst) + 1;
    seen.most_running.fetch_max(running, Ordering::SeqCst);
    let tasks = Handle::current().metrics().num_alive_tasks();
    seen.most_tasks.fetch_max(tasks, Ordering::SeqCst);

    sleep(Duration::from_secs(1)).await;
    seen.running.fetch_sub(1, Ordering::SeqCst);
}

async fn acquire_inside_the_task(seen: &Arc<Seen>) {
    let semaphore = Arc::new(Semaphore::new(3));
    let mut tasks = JoinSet::new();
    for _ in 0..10 {
        let (semaphore, seen) = (semaphore.clone(), seen.clone());
        tasks.spawn(async move {
            let _permit = semaphore.acquire().await.expect("it stays open");
            download(&seen).await;
        });
    }
    tasks.join_all().await;
}

async fn acquire_before_the_spawn(seen: &Arc<Seen>) {
    let semaphore = Arc::new(Semaphore::new(3));
    let mut tasks = JoinSet::new();
    for _ in 0..10 {
        let seen = seen.clone();
        let permit = semaphore
            .clone()
            .acquire_owned()
            .await
            .expect("it stays open");
        tasks.spawn(async move {
            download(&seen).await;
            drop(permit);
        });
    }
    tasks.join_all().await;
}

fn report(name: &str, seen: &Seen, start: Instant) {
    println!("{name}:");
    println!(
        "  at once: {:?} downloads, {:?} tasks",
        seen.most_running, seen.most_tasks
    );
    println!("  it took {:?}", start.elapsed());
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let (start, seen) = (Instant::now(), Arc::default());
    acquire_inside_the_task(&seen).await;
    report("acquire inside the task", &seen, start);

    let (start, seen) = (Instant::now(), Arc::default());
    acquire_before_the_spawn(&seen).await;
    report("acquire before the spawn", &seen, start);
}
