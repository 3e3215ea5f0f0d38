//! A `block_on` of the crate `futures` inside another one.

use std::panic;

use futures::executor;

async fn weight() -> u32 {
    12
}

fn weight_blocking() -> u32 {
    executor::block_on(weight())
}

fn main() {
    let total = async { weight_blocking() + 30 };
    let panicked = panic::catch_unwind(|| executor::block_on(total));
    let payload = panicked.expect_err("the second block_on is inside the first");
    let message = payload.downcast::<String>().expect("futures formats it");
    println!("{message}");
}
