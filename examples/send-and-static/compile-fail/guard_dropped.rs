use std::sync::{Arc, Mutex};

async fn print(ticket: u32) {
    println!("ticket {ticket}");
}

#[tokio::main]
async fn main() {
    let next = Arc::new(Mutex::new(1));
    tokio::spawn(async move {
        let mut guard = next.lock().expect("nobody panics");
        *guard += 1;
        let ticket = *guard;
        drop(guard);
        print(ticket).await;
    });
}
