use futures::stream;

#[tokio::main]
async fn main() {
    let mut readings = stream::iter([19, 21]);
    while let Some(reading) = readings.next().await {
        println!("{reading}");
    }
}
