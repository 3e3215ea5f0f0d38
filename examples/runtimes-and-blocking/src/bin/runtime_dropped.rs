//! A runtime that is dropped in async code.

use std::panic;

use tokio::runtime::Runtime;

#[tokio::main]
async fn main() {
    // As a blocking client that has a runtime in it.
    let runtime = Runtime::new().expect("a runtime needs a few threads");
    let panicked = panic::catch_unwind(|| drop(runtime));
    let payload = panicked.expect_err("main is async");
    let message = payload.downcast::<&str>().expect("panics with a text");
    println!("{message}");
}
