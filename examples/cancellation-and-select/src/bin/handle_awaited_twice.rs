//! A handle that is awaited again after it has given its result.

use std::future;

use tokio::task::{self, JoinHandle};

async fn supervise(mut worker: JoinHandle<()>, stop: impl Future<Output = ()>) {
    tokio::select! {
        _ = &mut worker => {} // it has ended by itself
        () = stop => worker.abort(),
    }
    let _ = worker.await; // whatever happened, wait for its end
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let worker = task::spawn(async {});
    let supervisor = task::spawn(supervise(worker, future::pending()));
    let error = supervisor.await.expect_err("it panics");
    let message = error.into_panic().downcast::<&str>();
    println!("{}", message.expect("panics with a text"));
}
