//! A task goes on when its handle is dropped, and ends with the runtime.

use std::future;

use tokio::sync::oneshot;
use tokio::task;

/// Says when it is dropped, with the future that owns it.
struct Logbook(&'static str);

impl Drop for Logbook {
    fn drop(&mut self) {
        println!("{}: closed", self.0);
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (report, reported) = oneshot::channel();
    let short = task::spawn(async move {
        let _logbook = Logbook("short task");
        task::yield_now().await; // gives the others a turn
        report.send("done").expect("main waits for it");
    });
    drop(short);
    println!("short task: {}", reported.await.expect("it goes on"));

    task::spawn(async {
        let _logbook = Logbook("endless task");
        future::pending::<()>().await; // never ready
        println!("never printed");
    });
    task::yield_now().await; // the endless task comes to its wait
    println!("main ends");
}
