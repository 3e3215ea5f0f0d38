//! `join!` runs its futures inside one task, `spawn` gives each a task of its own.

use tokio::task::{self, Id};

/// Returns the id of the task that this runs in.
async fn task_id() -> Id {
    task::yield_now().await; // as anything that waits
    task::id()
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let parent = task::spawn(async {
        let here = task::id();

        let (first, second) = tokio::join!(task_id(), task_id());
        println!("joined, same task: {}", first == here && second == here);

        let (first, second) = tokio::join!(task::spawn(task_id()), task::spawn(task_id()));
        let first = first.expect("it does not panic");
        let second = second.expect("it does not panic");
        println!("spawned, same task: {}", first == second);
    });
    parent.await.expect("it does not panic");
}
