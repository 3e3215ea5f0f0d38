use std::pin::Pin;

type Job = Pin<Box<dyn Future<Output = u32>>>;

fn price(ticket: u32) -> Job {
    Box::pin(async move { 20 * ticket })
}

#[tokio::main]
async fn main() {
    tokio::spawn(async {
        println!("{}", price(7).await);
    });
}
