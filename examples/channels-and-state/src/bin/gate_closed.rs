//! A semaphore that somebody has closed.

use tokio::sync::Semaphore;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let connections = Semaphore::new(1);
    let _open = connections.acquire().await.expect("nobody has closed it");

    let waits = connections.acquire();
    let shuts_down = async { connections.close() };
    let (permit, ()) = tokio::join!(waits, shuts_down);
    if let Err(error) = permit {
        println!("{error}");
    }
}
