//! What of tokio runs on another executor: its channels do, its timers need a runtime of tokio's.

use std::thread;
use std::time::Duration;

use executor::Executor;
use tokio::runtime::Runtime;
use tokio::sync::mpsc;
use tokio::time;

fn main() {
    let mut executor = Executor::new();

    let (send, mut receive) = mpsc::channel(1);
    thread::spawn(move || send.blocking_send("from another thread"));
    println!("channel: {:?}", executor.block_on(receive.recv()));

    let nap = executor.spawner().spawn(async {
        time::sleep(Duration::from_millis(1)).await;
    });
    let payload = executor.block_on(nap).expect_err("it panics");
    let message = payload
        .downcast_ref::<String>()
        .expect("panics with a text");
    println!("timer: {message}");

    let runtime = Runtime::new().expect("a runtime needs a few threads");
    let _guard = runtime.enter(); // its timers and sockets, from now on, on this thread
    let nap = executor.spawner().spawn(async {
        time::sleep(Duration::from_millis(1)).await;
    });
    println!("beside tokio's runtime: {:?}", executor.block_on(nap));
}
