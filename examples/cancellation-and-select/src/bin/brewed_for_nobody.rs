//! Orders that are received and then lost, since another branch wins.

use std::time::Duration;

use tokio::{sync::mpsc, time};

async fn brew_next(orders: &mut mpsc::Receiver<&'static str>) -> Option<&'static str> {
    let order = orders.recv().await?;
    time::sleep(Duration::from_millis(30)).await; // brews
    Some(order)
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let (send, mut orders) = mpsc::channel(3);
    for order in ["tea", "coffee", "cocoa"] {
        send.try_send(order).expect("there is room for three");
    }
    let mut served = Vec::new();
    for _ in 0..6 {
        tokio::select! {
            Some(order) = brew_next(&mut orders) => served.push(order),
            () = time::sleep(Duration::from_millis(20)) => {} // looks at the clock
        }
    }
    println!("served: {served:?}");
}
