//! Three ways to end a task from outside, and one that does not.

use std::future;
use std::time::Duration;

use tokio::task;
use tokio::time;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

struct Goodbye(&'static str);

impl Drop for Goodbye {
    fn drop(&mut self) {
        println!("{}: dropped", self.0);
    }
}

async fn wait_forever(name: &'static str) {
    let _goodbye = Goodbye(name);
    future::pending().await
}

/// Returns when every task waits: the paused clock goes on only then.
async fn until_all_wait() {
    time::sleep(Duration::from_secs(1)).await;
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let detached = task::spawn(wait_forever("plain handle"));
    let owned = AbortOnDropHandle::new(task::spawn(wait_forever("handle that aborts")));
    let aborted = task::spawn(wait_forever("abort"));
    let stop = CancellationToken::new();
    let asked = task::spawn({
        let stop = stop.clone();
        async move {
            let finished = stop.run_until_cancelled(wait_forever("token")).await;
            let cancelled = finished.is_none();
            println!("token: cancelled, and the task goes on: {cancelled}");
        }
    });
    until_all_wait().await;

    drop(detached);
    drop(owned);
    until_all_wait().await;

    aborted.abort();
    let error = aborted.await.expect_err("it waits forever");
    println!("abort: cancelled: {}", error.is_cancelled());

    stop.cancel();
    asked.await.expect("it does not panic");
    println!("main ends");
}
