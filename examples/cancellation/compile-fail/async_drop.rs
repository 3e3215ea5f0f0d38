struct Connection;

impl Connection {
    async fn goodbye(&mut self) {}
}

impl Drop for Connection {
    async fn drop(&mut self) {
        self.goodbye().await;
    }
}

fn main() {}
