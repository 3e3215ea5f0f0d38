use tokio::sync::mpsc;

#[tokio::main]
async fn main() {
    let (counter, desk) = mpsc::channel(1);
    tokio::spawn(async move { counter.send(7).await });
    for ticket in desk {
        println!("ticket {ticket}");
    }
}
