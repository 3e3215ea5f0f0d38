//! tokio's three flavors: which of them run tasks on several threads, and which take an `Rc`.

use std::collections::HashSet;
use std::rc::Rc;
use std::sync::{Arc, Barrier};
use std::thread::{self, ThreadId};

use tokio::runtime::{Builder, LocalOptions};
use tokio::task;

/// Runs two tasks. With a barrier they meet: each blocks its thread until the other is there.
async fn threads_of_tasks(meeting: Option<Arc<Barrier>>) -> HashSet<ThreadId> {
    let mut tasks = Vec::new();
    for _ in 0..2 {
        let meeting = meeting.clone();
        tasks.push(task::spawn(async move {
            if let Some(meeting) = meeting {
                meeting.wait();
            }
            thread::current().id()
        }));
    }
    let mut threads = HashSet::new();
    for task in tasks {
        threads.insert(task.await.expect("it does not panic"));
    }
    threads
}

fn main() -> std::io::Result<()> {
    let multi = Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let both = Some(Arc::new(Barrier::new(2)));
    let threads = multi.block_on(threads_of_tasks(both));
    println!("multi_thread: two tasks on {} threads", threads.len());

    let current = Builder::new_current_thread().enable_all().build()?;
    // No barrier: the first task would block the only thread, and the second never come.
    let threads = current.block_on(threads_of_tasks(None));
    let only_here = threads == HashSet::from([thread::current().id()]);
    println!("current_thread: all tasks on the thread in block_on: {only_here}");

    let local = Builder::new_current_thread()
        .enable_all()
        .build_local(LocalOptions::default())?;
    let owners = local.block_on(async {
        let shared = Rc::new("a list that only this thread uses");
        let for_task = Rc::clone(&shared);
        let task = task::spawn_local(async move { Rc::strong_count(&for_task) });
        task.await.expect("it does not panic")
    });
    println!("local: a task shares an Rc with {} other owner", owners - 1);
    Ok(())
}
