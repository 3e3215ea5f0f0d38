struct Upload;

impl Upload {
    async fn finish(&mut self) {}
}

impl Drop for Upload {
    async fn drop(&mut self) {
        self.finish().await;
    }
}

fn main() {}
