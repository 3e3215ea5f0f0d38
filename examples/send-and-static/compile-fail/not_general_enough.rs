use futures::{StreamExt, stream};

async fn read(sensor: &u32) -> u32 {
    20 + sensor
}

async fn read_all(sensors: Vec<u32>) -> Vec<u32> {
    let readings = stream::iter(&sensors).map(|sensor| read(sensor));
    readings.buffered(2).collect().await
}

#[tokio::main]
async fn main() {
    tokio::spawn(read_all(vec![1, 2]));
}
