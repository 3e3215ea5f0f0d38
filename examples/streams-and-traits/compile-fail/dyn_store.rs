trait Store {
    async fn price(&self, item: &str) -> Option<u32>;
}

async fn print_price(store: &dyn Store) {
    println!("{:?}", store.price("lamp").await);
}

fn main() {}
