//! The clock can be paused only where one thread runs all tasks.

use tokio::{task, time};

#[tokio::main(flavor = "multi_thread")]
async fn main() {
    let pausing = task::spawn(async { time::pause() });
    let panic = pausing.await.expect_err("it panics").into_panic();
    println!("{}", panic.downcast::<String>().expect("a text"));
}
