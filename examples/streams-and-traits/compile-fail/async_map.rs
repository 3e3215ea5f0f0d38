async fn price(item: &str) -> usize {
    item.len()
}

#[tokio::main]
async fn main() {
    let prices: Vec<usize> = ["lamp", "desk"]
        .iter()
        .map(async |item| price(item).await)
        .collect();
    println!("{prices:?}");
}
