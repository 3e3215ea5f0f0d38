//! A guard hands its connection to a task that closes it, since `drop` can't wait.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task;
use tokio::time;

struct Connection(&'static str);

impl Connection {
    /// Says goodbye to the other side, which takes its time.
    async fn close(self) {
        time::sleep(Duration::from_millis(100)).await;
        println!("{}: closed", self.0);
    }
}

/// A connection that is handed to the closer when its owner is dropped.
struct Guard {
    connection: Option<Connection>,
    to_close: mpsc::UnboundedSender<Connection>,
}

impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            println!("{}: handed over", connection.0);
            // The closer lives as long as a guard does, unless it panicked or
            // the runtime ends: then the connection is dropped unclosed.
            let _ = self.to_close.send(connection);
        }
    }
}

async fn query(name: &'static str, takes: u64, to_close: mpsc::UnboundedSender<Connection>) {
    let connection = Some(Connection(name));
    let _guard = Guard {
        connection,
        to_close,
    };
    time::sleep(Duration::from_millis(takes)).await;
    println!("{name}: answered");
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let (to_close, mut closing) = mpsc::unbounded_channel::<Connection>();
    let closer = task::spawn(async move {
        while let Some(connection) = closing.recv().await {
            connection.close().await;
        }
    });
    query("quick", 50, to_close.clone()).await;
    let slow = query("slow", 500, to_close.clone());
    let in_time = time::timeout(Duration::from_millis(200), slow).await;
    println!("slow: in time: {}", in_time.is_ok());

    drop(to_close); // no more guards: the closer ends when it has closed all
    closer.await.expect("closing does not panic");
}
