//! The actor stops: it accepts no more, finishes what it accepted, and gives its state back.

use std::time::Duration;

use actors::{Actor, spawn};
use tokio::sync::oneshot;
use tokio::time::sleep;

struct Shop {
    lamps: u32,
}

enum Message {
    Buy(oneshot::Sender<bool>),
    Deliver(u32),
}

impl Actor for Shop {
    type Message = Message;

    async fn handle(&mut self, message: Message) {
        match message {
            Message::Buy(reply) => {
                let sold = self.lamps > 0;
                if sold {
                    sleep(Duration::from_secs(1)).await; // the customer pays
                    self.lamps -= 1;
                }
                let _ = reply.send(sold); // an error: the customer has left
            }
            Message::Deliver(lamps) => self.lamps += lamps,
        }
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (shop, running) = spawn(Shop { lamps: 0 }, 8);
    shop.send(Message::Deliver(3)).await?;
    println!("sold: {}", shop.ask(Message::Buy).await?);

    for lamps in [10, 20, 30] {
        shop.send(Message::Deliver(lamps)).await?;
    }
    let Shop { lamps } = running.stop().await?;
    println!("stopped with {lamps} lamps");

    let refused = shop.send(Message::Deliver(40)).await;
    println!("accepts more: {}", refused.is_ok());
    println!("sold: {:?}", shop.ask(Message::Buy).await);
    Ok(())
}
