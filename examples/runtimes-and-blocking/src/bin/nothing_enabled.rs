//! A runtime that was built without timers and without sockets.

use std::panic::{self, AssertUnwindSafe};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::runtime::Builder;
use tokio::time;

/// Runs `future` on a runtime without timers and sockets, and returns what the panic says.
fn panic_of(future: impl Future<Output = ()>) -> String {
    let runtime = Builder::new_current_thread()
        .build()
        .expect("this runtime needs no threads");
    let panicked = panic::catch_unwind(AssertUnwindSafe(|| runtime.block_on(future)));
    let payload = panicked.expect_err("nothing is enabled");
    *payload.downcast::<String>().expect("tokio formats it")
}

fn main() {
    let nap = async { time::sleep(Duration::from_millis(1)).await };
    println!("{}", panic_of(nap));
    let server = async { drop(TcpListener::bind("127.0.0.1:0").await) };
    println!("{}", panic_of(server));
}
