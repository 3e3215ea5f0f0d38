//! The panic of a task reaches nobody who does not ask its handle.

use tokio::task;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let sensor = task::spawn(async {
        task::yield_now().await;
        panic!("the cable is cut");
    });
    task::yield_now().await;
    task::yield_now().await; // the task has panicked, and `main` goes on
    println!("{}", sensor.await.expect_err("it panics"));
}
