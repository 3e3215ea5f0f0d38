//! A closure that does not return keeps its thread of the blocking pool.

use std::sync::mpsc;
use std::time::Duration;

use tokio::runtime::Builder;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

async fn watch_and_report() {
    let mut stops = Vec::new();
    for _sensor in 0..2 {
        let (stop, stopped) = mpsc::channel::<()>();
        spawn_blocking(move || stopped.recv()); // watches, as long as `stop` lives
        stops.push(stop);
    }
    let report = spawn_blocking(|| "two sensors");
    let patience = Duration::from_millis(100);
    let error = timeout(patience, report).await;
    println!("{}", error.expect_err("no thread takes the report"));
}

fn main() -> std::io::Result<()> {
    let mut builder = Builder::new_current_thread();
    builder.enable_time().max_blocking_threads(2); // the default is 512
    builder.build()?.block_on(watch_and_report());
    Ok(())
}
