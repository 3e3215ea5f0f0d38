use tokio::task::spawn_blocking;

async fn count_lines(text: &str) -> usize {
    let lines = spawn_blocking(move || text.lines().count());
    lines.await.expect("it does not panic")
}

#[tokio::main]
async fn main() {
    println!("{}", count_lines("harbor\nsummit").await);
}
