//! A timeout cuts a future off at the `.await` where it waits.

use std::time::Duration;

use tokio::time;

/// Says how far its owner has come when it is dropped.
struct Order {
    steps_done: u32,
}

impl Drop for Order {
    fn drop(&mut self) {
        println!("dropped after step {}", self.steps_done);
    }
}

async fn ship() -> &'static str {
    let mut order = Order { steps_done: 0 };
    for _ in 0..5 {
        time::sleep(Duration::from_millis(100)).await;
        order.steps_done += 1;
    }
    "shipped"
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    println!(
        "{:?}",
        time::timeout(Duration::from_millis(250), ship()).await
    );
    println!(
        "{:?}",
        time::timeout(Duration::from_millis(550), ship()).await
    );
}
