async fn repeat<F>(mut attempt: impl FnMut() -> F)
where
    F: Future<Output = bool>,
{
    while !attempt().await {}
}

#[tokio::main]
async fn main() {
    let mut attempts = 0;
    repeat(async || {
        attempts += 1;
        attempts == 3
    })
    .await;
    println!("{attempts} attempts");
}
