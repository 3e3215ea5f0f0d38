//! A closure that has begun is not aborted, and its runtime does not end.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use tokio::runtime::Runtime;

fn main() {
    let runtime = Runtime::new().expect("a runtime needs a few threads");
    let (begin, has_begun) = mpsc::channel();
    let closure = runtime.spawn_blocking(move || {
        begin.send(()).expect("main waits for it");
        loop {
            thread::park(); // a job without an end
        }
    });
    has_begun.recv().expect("the closure sends");
    closure.abort();

    let (end, has_ended) = mpsc::channel();
    thread::spawn(move || {
        drop(runtime); // as at the end of `main`
        end.send(()).expect("main waits for it");
    });
    let ended = has_ended.recv_timeout(Duration::from_millis(200));
    println!("has the runtime ended? {ended:?}");
}
