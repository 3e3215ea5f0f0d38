use futures::stream::{Stream, StreamExt};

async fn sum(mut readings: impl Stream<Item = u32>) -> u32 {
    let mut sum = 0;
    while let Some(reading) = readings.next().await {
        sum += reading;
    }
    sum
}

fn main() {}
