//! The shop, on kameo.

use std::time::Duration;

use kameo::Actor;
use kameo::actor::Spawn;
use kameo::mailbox;
use kameo::message::{Context, Message};
use tokio::time::sleep;

#[derive(Actor)]
struct Shop {
    lamps: u32,
}

struct Buy;

impl Message<Buy> for Shop {
    type Reply = bool;

    async fn handle(&mut self, _: Buy, _: &mut Context<Self, Self::Reply>) -> bool {
        let sold = self.lamps > 0;
        if sold {
            sleep(Duration::from_secs(1)).await; // the customer pays
            self.lamps -= 1;
        }
        sold
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let shop = Shop::spawn_with_mailbox(Shop { lamps: 1 }, mailbox::bounded(4));
    println!("sold: {}", shop.ask(Buy).await?);
    println!("sold: {}", shop.ask(Buy).await?);

    shop.stop_gracefully().await?;
    shop.wait_for_shutdown().await;
    println!("accepts more: {}", shop.ask(Buy).await.is_ok());
    Ok(())
}
