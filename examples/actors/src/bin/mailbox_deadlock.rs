//! Two actors, each waiting for room in the other's mailbox.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::timeout;

enum ToShop {
    Order,
    Reserved,
}

struct Reserve;

async fn customers(shop: mpsc::Sender<ToShop>) {
    for _ in 0..100 {
        shop.send(ToShop::Order).await.expect("the shop is open");
    }
}

async fn shop(mut mailbox: mpsc::Receiver<ToShop>, warehouse: mpsc::Sender<Reserve>) {
    while let Some(message) = mailbox.recv().await {
        match message {
            ToShop::Order => warehouse.send(Reserve).await.expect("it is open"),
            ToShop::Reserved => println!("a lamp is reserved"),
        }
    }
}

async fn warehouse(mut mailbox: mpsc::Receiver<Reserve>, shop: mpsc::Sender<ToShop>) {
    while let Some(Reserve) = mailbox.recv().await {
        shop.send(ToShop::Reserved).await.expect("it is open");
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let (to_shop, shop_mailbox) = mpsc::channel(4);
    let (to_warehouse, warehouse_mailbox) = mpsc::channel(4);

    let mut tasks = JoinSet::new();
    tasks.spawn(customers(to_shop.clone()));
    tasks.spawn(shop(shop_mailbox, to_warehouse.clone()));
    tasks.spawn(warehouse(warehouse_mailbox, to_shop.clone()));

    let an_hour = Duration::from_secs(3600);
    let stuck = timeout(an_hour, tasks.join_next()).await.is_err();
    println!("stuck: {stuck}, with {} tasks that wait", tasks.len());
    println!("room for the shop: {}", to_shop.capacity());
    println!("room for the warehouse: {}", to_warehouse.capacity());
}
