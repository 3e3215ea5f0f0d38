trait Shop {
    async fn price(&self, ticket: u32) -> u32;
}

fn watch(shop: impl Shop + Send + Sync + 'static) {
    tokio::spawn(async move {
        println!("{}", shop.price(7).await);
    });
}

struct Harbor;

impl Shop for Harbor {
    async fn price(&self, ticket: u32) -> u32 {
        20 * ticket
    }
}

#[tokio::main]
async fn main() {
    watch(Harbor);
}
