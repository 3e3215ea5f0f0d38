use std::sync::{Arc, Mutex};

async fn print(ticket: u32) {
    println!("ticket {ticket}");
}

#[tokio::main]
async fn main() {
    let tickets = Arc::new(Mutex::new(vec![7, 8]));
    tokio::spawn(async move {
        while let Some(ticket) = tickets.lock().expect("nobody panics").pop() {
            print(ticket).await;
        }
    });
}
