//! `abort` on a task that never waits, and on a closure that blocks.

use std::sync::mpsc;

use tokio::task;

#[tokio::main]
async fn main() {
    let (begun, has_begun) = mpsc::channel();
    let (go_on, may_go_on) = mpsc::channel();
    let counting = task::spawn(async move {
        begun.send(()).expect("main waits for it");
        may_go_on.recv().expect("main sends"); // blocks: the mistake to be shown
        5
    });
    // This blocks the thread of `main`. The task runs on another.
    has_begun.recv().expect("the task sends");
    counting.abort();
    go_on.send(()).expect("the task waits for it");
    println!("a task without an await: {:?}", counting.await.ok());

    let (begun, has_begun) = mpsc::channel();
    let (go_on, may_go_on) = mpsc::channel();
    let blocking = task::spawn_blocking(move || {
        begun.send(()).expect("main waits for it");
        may_go_on.recv().expect("main sends");
        6
    });
    has_begun.recv().expect("the closure sends");
    blocking.abort();
    go_on.send(()).expect("the closure waits for it");
    println!("a closure that has begun: {:?}", blocking.await.ok());
}
