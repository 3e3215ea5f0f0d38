async fn read(sensor: u32) -> Option<u32> {
    (sensor < 3).then_some(20 + sensor)
}

#[tokio::main]
async fn main() {
    for sensor in 1.. {
        let show = async {
            match read(sensor).await {
                Some(degrees) => println!("sensor {sensor}: {degrees}"),
                None => break,
            }
        };
        show.await;
    }
}
