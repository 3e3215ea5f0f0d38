//! A loop over `try_recv` and `yield_now` never waits: it asks again and again.

use tokio::sync::oneshot;
use tokio::task;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (send, mut receive) = oneshot::channel();
    task::spawn(async move {
        for _turn in 0..1000 {
            task::yield_now().await; // the sensor is slow
        }
        send.send(21).expect("main waits");
    });

    let mut asked = 0;
    let degrees = loop {
        asked += 1;
        if let Ok(degrees) = receive.try_recv() {
            break degrees;
        }
        task::yield_now().await;
    };
    println!("asked more than 1000 times: {}", asked > 1000);
    println!("degrees: {degrees}");
}
