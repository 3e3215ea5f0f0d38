trait Size {
    fn size(&self) -> impl Future<Output = u64> + Send;
}

struct Folder {
    bytes: u64,
    folders: Vec<Folder>,
}

impl Size for Folder {
    async fn size(&self) -> u64 {
        let mut size = self.bytes;
        for folder in &self.folders {
            size += Box::pin(folder.size()).await;
        }
        size
    }
}

fn main() {}
