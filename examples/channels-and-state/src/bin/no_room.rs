//! `try_send` to a full channel.

use tokio::sync::mpsc;

fn main() {
    let (sender, orders) = mpsc::channel(2);
    for table in 1..=3 {
        if let Err(error) = sender.try_send(table) {
            println!("{error}");
        }
    }
    println!("waiting: {}", orders.len());
}
