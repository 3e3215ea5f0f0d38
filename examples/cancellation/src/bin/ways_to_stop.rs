//! Three ways to end a task from outside, and one that does not.

use std::future;
use std::time::Duration;

use tokio::task;
use tokio::time;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

struct Printer(&'static str);

impl Drop for Printer {
    fn drop(&mut self) {
        println!("{}: dropped", self.0);
    }
}

async fn print_forever(name: &'static str) {
    let _printer = Printer(name);
    future::pending().await
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let aborted = task::spawn(print_forever("abort"));
    let owned = AbortOnDropHandle::new(task::spawn(print_forever("handle that aborts")));
    let detached = task::spawn(print_forever("plain handle"));

    let stop = CancellationToken::new();
    let asked = task::spawn({
        let stop = stop.clone();
        async move {
            let finished = stop.run_until_cancelled(print_forever("token")).await;
            println!("token: the task goes on, finished: {}", finished.is_some());
        }
    });
    task::yield_now().await; // they begin

    drop(detached);
    drop(owned);
    aborted.abort();
    stop.cancel();
    asked.await.expect("it does not panic");
    time::sleep(Duration::from_secs(1)).await;
    println!("main ends");
}
