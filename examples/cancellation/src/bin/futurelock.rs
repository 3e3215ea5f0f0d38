//! A branch of `select!` waits for a lock that goes to a future nobody polls any more.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::task;
use tokio::time;

async fn write_entry(logbook: &Mutex<Vec<&'static str>>, entry: &'static str) {
    logbook.lock().await.push(entry);
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let logbook = Arc::new(Mutex::new(Vec::new()));

    // Another task keeps the lock for a second.
    task::spawn({
        let logbook = Arc::clone(&logbook);
        async move {
            let _guard = logbook.lock().await;
            time::sleep(Duration::from_secs(1)).await;
        }
    });
    task::yield_now().await; // it has the lock

    let stuck = async {
        let mut first = pin!(write_entry(&logbook, "first"));
        tokio::select! {
            () = &mut first => println!("first: written"),
            () = time::sleep(Duration::from_millis(10)) => {
                println!("10 ms have passed, first: still in the queue for the lock");
                write_entry(&logbook, "in between").await;
                println!("in between: written");
            }
        }
    };
    // On the paused clock an hour passes when nothing else can ever run.
    let hour = time::timeout(Duration::from_secs(3600), stuck).await;
    println!("an hour later, finished: {}", hour.is_ok());

    let in_time = async {
        tokio::select! {
            () = write_entry(&logbook, "first") => println!("first: written"),
            () = time::sleep(Duration::from_millis(10)) => {}
        }
        write_entry(&logbook, "in between").await;
        println!("in between: written");
    };
    in_time.await;
}
