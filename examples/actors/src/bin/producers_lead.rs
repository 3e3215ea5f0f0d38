//! A sensor sends as fast as it can to an actor that takes a millisecond for each reading.

use std::cell::Cell;
use std::time::Duration;

use tokio::join;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep};

const READINGS: u32 = 1_000;
const CAPACITY: usize = 4;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let (address, mut mailbox) = mpsc::channel(CAPACITY);
    let handled = Cell::new(0);

    let sensor = async {
        let address = address; // dropped at the end: no more messages
        let mut lead = 0;
        for sent in 1..=READINGS {
            address.send(sent).await.expect("the actor receives");
            lead = lead.max(sent - handled.get());
        }
        lead
    };
    let actor = async {
        while let Some(_reading) = mailbox.recv().await {
            sleep(Duration::from_millis(1)).await;
            handled.set(handled.get() + 1);
        }
    };

    let start = Instant::now();
    let (lead, ()) = join!(sensor, actor);
    assert!(lead as usize <= CAPACITY + 1);
    println!("{READINGS} readings in {:?}", start.elapsed());
    println!("the sensor was at most {lead} ahead");
}
