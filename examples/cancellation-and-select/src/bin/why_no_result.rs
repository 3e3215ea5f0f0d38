//! The two errors that the handle of a task gives.

use std::future;

use tokio::task;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let upload = task::spawn(future::pending::<()>());
    upload.abort();
    println!("{}", upload.await.expect_err("it was aborted"));

    let sensor = task::spawn(async { panic!("the cable is cut") });
    let error: task::JoinError = sensor.await.expect_err("it panics");
    println!("{error}");
}
