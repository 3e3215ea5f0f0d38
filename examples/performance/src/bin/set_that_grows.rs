//! A `JoinSet` keeps the results of its tasks until somebody takes them.

use tokio::runtime::Handle;
use tokio::task::{self, JoinSet};

async fn serve(_connection: u32) {}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut connections = JoinSet::new();
    for connection in 0..1000 {
        connections.spawn(serve(connection));
        task::yield_now().await; // it is served
    }
    println!("tasks in the set: {}", connections.len());
    let alive = Handle::current().metrics().num_alive_tasks();
    println!("tasks that have not ended: {alive}");
}
