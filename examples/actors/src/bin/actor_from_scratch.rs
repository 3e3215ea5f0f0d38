//! An actor with nothing but two channels: three lamps, ten customers, no lock.

use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;
use tokio::time::sleep;

struct Buy {
    reply: oneshot::Sender<bool>,
}

async fn shop(mut lamps: u32, mut mailbox: mpsc::Receiver<Buy>) -> u32 {
    while let Some(Buy { reply }) = mailbox.recv().await {
        let sold = lamps > 0;
        if sold {
            sleep(Duration::from_secs(1)).await; // the customer pays
            lamps -= 1;
        }
        let _ = reply.send(sold); // an error: the customer has left
    }
    lamps
}

async fn customer(shop: mpsc::Sender<Buy>) -> bool {
    let (reply, answer) = oneshot::channel();
    shop.send(Buy { reply }).await.expect("the shop is open");
    answer.await.expect("the shop replies to everybody")
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let (address, mailbox) = mpsc::channel(4);
    let shop = tokio::spawn(shop(3, mailbox));

    let mut customers = JoinSet::new();
    for _ in 0..10 {
        customers.spawn(customer(address.clone()));
    }
    drop(address); // only the customers still have one

    let answers = customers.join_all().await;
    let sold = answers.iter().filter(|sold| **sold).count();
    let left = shop.await.expect("the shop does not panic");
    println!("{sold} of {} customers got a lamp", answers.len());
    println!("{left} lamps are left");
}
