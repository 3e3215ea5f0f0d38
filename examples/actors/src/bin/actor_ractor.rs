//! The shop, on ractor.

use std::time::Duration;

use ractor::{Actor, ActorProcessingErr, ActorRef, RpcReplyPort, call};
use tokio::time::sleep;

struct Shop;

enum Message {
    Buy(RpcReplyPort<bool>),
}

impl Actor for Shop {
    type Msg = Message;
    type State = u32; // the lamps
    type Arguments = u32;

    async fn pre_start(&self, _: ActorRef<Message>, lamps: u32) -> Result<u32, ActorProcessingErr> {
        Ok(lamps)
    }

    async fn handle(
        &self,
        _: ActorRef<Message>,
        message: Message,
        lamps: &mut u32,
    ) -> Result<(), ActorProcessingErr> {
        let Message::Buy(reply) = message;
        let sold = *lamps > 0;
        if sold {
            sleep(Duration::from_secs(1)).await; // the customer pays
            *lamps -= 1;
        }
        let _ = reply.send(sold); // an error: the customer has left
        Ok(())
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (shop, task) = Actor::spawn(None, Shop, 1).await?;
    println!("sold: {}", call!(shop, Message::Buy)?);
    println!("sold: {}", call!(shop, Message::Buy)?);

    shop.drain()?;
    task.await?;
    println!("accepts more: {}", call!(shop, Message::Buy).is_ok());
    Ok(())
}
