//! `block_on` in async code panics, on a runtime of its own too.

use std::panic;

use tokio::runtime::Runtime;

async fn price(item: &str) -> usize {
    item.len() * 10
}

/// An ordinary function that hides async code, as blocking clients do.
fn price_blocking(item: &str) -> usize {
    let runtime = Runtime::new().expect("a runtime needs a few threads");
    runtime.block_on(price(item))
}

#[tokio::main]
async fn main() {
    let panicked = panic::catch_unwind(|| price_blocking("lamp"));
    let payload = panicked.expect_err("main runs in a runtime already");
    let message = payload.downcast::<&str>().expect("panics with a text");
    println!("{message}");
}
