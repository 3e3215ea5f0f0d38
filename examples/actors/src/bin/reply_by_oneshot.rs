//! The same two actors; the reply needs no room, and so waits for none.

use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;

struct Order;

struct Reserve {
    reply: oneshot::Sender<()>,
}

async fn customers(shop: mpsc::Sender<Order>) {
    for _ in 0..100 {
        shop.send(Order).await.expect("the shop is open");
    }
}

async fn shop(mut mailbox: mpsc::Receiver<Order>, warehouse: mpsc::Sender<Reserve>) {
    let mut lamps = 0;
    while let Some(Order) = mailbox.recv().await {
        let (reply, reserved) = oneshot::channel();
        warehouse.send(Reserve { reply }).await.expect("it is open");
        reserved.await.expect("the warehouse replies");
        lamps += 1;
    }
    println!("{lamps} lamps are reserved");
}

async fn warehouse(mut mailbox: mpsc::Receiver<Reserve>) {
    while let Some(Reserve { reply }) = mailbox.recv().await {
        let _ = reply.send(()); // no `.await`; an error: the shop has left
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let (to_shop, shop_mailbox) = mpsc::channel(4);
    let (to_warehouse, warehouse_mailbox) = mpsc::channel(4);

    let mut tasks = JoinSet::new();
    tasks.spawn(customers(to_shop));
    tasks.spawn(shop(shop_mailbox, to_warehouse));
    tasks.spawn(warehouse(warehouse_mailbox));
    tasks.join_all().await;
}
