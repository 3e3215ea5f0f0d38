use futures::future::join_all;

async fn price(ticket: u32) -> u32 {
    20 * ticket
}

#[tokio::main]
async fn main() {
    let jobs = vec![async { price(1).await }, async { price(2).await + 5 }];
    println!("{:?}", join_all(jobs).await);
}
