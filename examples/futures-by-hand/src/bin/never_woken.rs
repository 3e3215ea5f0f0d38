//! A future that is not ready and arranges no wake is never polled again.

use std::future::poll_fn;
use std::task::Poll;
use std::time::Duration;

use tokio::time;

/// Is ready at the second poll; asks for it only if `asks`.
async fn at_second_poll(asks: bool) {
    let mut polled = false;
    poll_fn(move |context| {
        if polled {
            return Poll::Ready(());
        }
        polled = true;
        if asks {
            context.waker().wake_by_ref();
        }
        Poll::Pending
    })
    .await;
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    for asks in [true, false] {
        let task = tokio::spawn(at_second_poll(asks));
        // The clock is paused: the hour passes when all tasks wait and no earlier timer is left.
        let hour = time::timeout(Duration::from_secs(3600), task).await;
        println!("asks to be woken: {asks}, ends: {}", hour.is_ok());
    }
}
