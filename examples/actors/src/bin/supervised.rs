//! An actor panics, and its supervisor puts another in its place.

use std::time::Duration;

use actors::{Actor, Backoff, Restarts, supervise};
use tokio::join;
use tokio::sync::oneshot;

const PRICES: [u32; 3] = [10, 20, 30];

struct Till {
    takings: u32,
}

struct Sell {
    item: usize,
    takings: oneshot::Sender<u32>,
}

impl Actor for Till {
    type Message = Sell;

    async fn handle(&mut self, sale: Sell) {
        self.takings += PRICES[sale.item]; // panics if there is no such item
        let _ = sale.takings.send(self.takings); // an error: nobody waits
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let restarts = Restarts {
        most: 2,
        within: Duration::from_secs(60),
        backoff: Backoff::new(Duration::from_secs(1), Duration::from_secs(10)),
    };
    let (till, running) = supervise(|| Till { takings: 0 }, 8, restarts);
    let sell = |item| till.ask(move |takings| Sell { item, takings });

    println!("item 2: {:?}", sell(2).await);
    println!("items 9 and 1: {:?}", join!(sell(9), sell(1)));
    println!("items 9 and 0: {:?}", join!(sell(9), sell(0)));
    println!("items 9 and 0: {:?}", join!(sell(9), sell(0)));
    println!("item 0: {:?}", sell(0).await);
    println!("ended by a panic: {}", running.ended().await.is_err());
}
