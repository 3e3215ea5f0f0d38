//! A task that is spawned does not have the task-locals of its spawner.

use tokio::{task, task_local};

task_local! {
    static REQUEST: u32;
}

fn log(event: &str) {
    REQUEST.with(|request| println!("request {request}: {event}"));
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let answer = async {
        let price = task::spawn(async { log("asks for the price") });
        let panic = price.await.expect_err("it panics").into_panic();
        println!("{}", panic.downcast::<&str>().expect("a text"));
        log("answers");
    };
    REQUEST.scope(7, answer).await;
}
