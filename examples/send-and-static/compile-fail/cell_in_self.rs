use std::cell::Cell;

struct Counter {
    sold: Cell<u32>,
}

impl Counter {
    async fn sell(&self) {
        self.sold.set(self.sold.get() + 1);
    }
}

#[tokio::main]
async fn main() {
    let counter = Counter { sold: Cell::new(0) };
    tokio::spawn(async move { counter.sell().await });
}
