//! A branch of `select!` waits for a lock that goes to a future nobody polls any more.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::task;
use tokio::time;

type Logbook = Arc<Mutex<Vec<&'static str>>>;

async fn write_entry(logbook: &Logbook, entry: &'static str) {
    logbook.lock().await.push(entry);
}

/// Takes the lock and gives it to a task that keeps it for a second.
async fn keep_for_a_second(logbook: &Logbook) {
    let guard = Arc::clone(logbook).lock_owned().await;
    task::spawn(async move {
        time::sleep(Duration::from_secs(1)).await;
        drop(guard);
    });
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let logbook = Logbook::default();

    keep_for_a_second(&logbook).await;
    let lent = async {
        let mut first = pin!(write_entry(&logbook, "first"));
        tokio::select! {
            () = &mut first => println!("first: written"),
            () = time::sleep(Duration::from_millis(10)) => {
                write_entry(&logbook, "in between").await;
                println!("in between: written");
            }
        }
    };
    // On the paused clock the hour passes when every task waits and no earlier
    // timer is left. Nothing outside of this program can wake one: it is stuck.
    let hour = time::timeout(Duration::from_secs(3600), lent).await;
    println!("lent: finished within an hour: {}", hour.is_ok());

    keep_for_a_second(&logbook).await;
    let given = async {
        tokio::select! {
            () = write_entry(&logbook, "first") => println!("first: written"),
            () = time::sleep(Duration::from_millis(10)) => {
                write_entry(&logbook, "in between").await;
                println!("in between: written");
            }
        }
    };
    let hour = time::timeout(Duration::from_secs(3600), given).await;
    println!("given: finished within an hour: {}", hour.is_ok());
}
