//! Tasks that are told to stop, and waited for.

use std::time::Duration;

use tokio::time;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

async fn serve(guest: &'static str, stop: CancellationToken) {
    for course in 1..=3 {
        if stop.is_cancelled() {
            println!("{guest}: no more courses");
            break;
        }
        time::sleep(Duration::from_secs(2)).await;
        println!("{guest}: course {course}");
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let stop = CancellationToken::new();
    let guests = TaskTracker::new();
    guests.spawn(serve("Ada", stop.clone()));

    time::sleep(Duration::from_secs(3)).await; // in a server: `ctrl_c().await`
    stop.cancel(); // tells all
    guests.close(); // without it, `wait` does not end; it turns no guest away
    let in_time = time::timeout(Duration::from_secs(10), guests.wait()).await;
    println!("all in time: {}", in_time.is_ok());
}
