//! A timer of tokio's on smol's executor: without tokio's context, and with it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use async_compat::CompatExt;
use tokio::time;

fn main() {
    let nap = || time::sleep(Duration::from_millis(1));
    let alone = catch_unwind(AssertUnwindSafe(|| smol::block_on(async { nap().await })));
    let payload = alone.expect_err("it panics");
    let message = payload.downcast::<String>().expect("tokio formats it");
    println!("{message}");

    smol::block_on(async { nap().await }.compat());
    println!("with a tokio runtime beside it: slept");
}
