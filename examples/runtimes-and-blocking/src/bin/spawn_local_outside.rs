//! `spawn_local` on a runtime whose tasks may change threads.

use std::panic;
use std::rc::Rc;

use tokio::task;

#[tokio::main]
async fn main() {
    let panicked = panic::catch_unwind(|| {
        let name = Rc::new("canvas");
        task::spawn_local(async move { println!("{name}: drawn") });
    });
    let payload = panicked.expect_err("main runs in no local runtime");
    let message = payload.downcast::<&str>().expect("panics with a text");
    println!("{message}");
}
