//! A future that makes the one it waits for anew in each poll.

use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::{sleep, timeout};

struct Pause(Duration);

impl Future for Pause {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let timer = pin!(sleep(self.0));
        timer.poll(context)
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let pause = Pause(Duration::from_secs(1));
    if timeout(Duration::from_secs(3600), pause).await.is_err() {
        println!("after an hour, the pause of a second still waits");
    }
}
