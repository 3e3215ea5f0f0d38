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
    let (begin, begun) = oneshot::channel();
    let (report, reported) = oneshot::channel();
    let short = task::spawn(async move {
        let _logbook = Logbook("short task");
        begun.await.expect("main sends");
        report.send("done").expect("main waits for it");
    });
    drop(short);
    begin.send(()).expect("the task waits for it");
    println!("short task: {}", reported.await.expect("it goes on"));

    let (report, reported) = oneshot::channel();
    task::spawn(async move {
        let _logbook = Logbook("endless task");
        report.send("has begun").expect("main waits for it");
        future::pending::<()>().await; // never ready
        println!("never printed");
    });
    println!("endless task: {}", reported.await.expect("it begins"));
    println!("main ends");
}
