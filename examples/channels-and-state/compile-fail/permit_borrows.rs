use std::sync::Arc;

use tokio::sync::Semaphore;

async fn download(_page: u32) {}

#[tokio::main]
async fn main() {
    let connections = Arc::new(Semaphore::new(3));
    for page in 0..10 {
        let permit = connections.acquire().await.expect("nobody closes it");
        tokio::spawn(async move {
            download(page).await;
            drop(permit);
        });
    }
}
