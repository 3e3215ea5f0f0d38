#[tokio::main]
async fn main() {
    let prices = vec![20, 30];
    for ticket in 0..2 {
        tokio::spawn(async move {
            println!("{}", prices[ticket]);
        });
    }
}
