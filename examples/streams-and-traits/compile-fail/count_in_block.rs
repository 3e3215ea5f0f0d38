use futures::stream::{self, StreamExt};

#[tokio::main]
async fn main() {
    let mut visitors = 0;
    stream::iter(["Ada", "Ben"])
        .for_each(|_| async {
            visitors += 1;
        })
        .await;
    println!("{visitors}");
}
