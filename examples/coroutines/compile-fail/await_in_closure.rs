async fn read(sensor: u32) -> u32 {
    sensor * 10
}

async fn read_all(sensors: &[u32]) -> Vec<u32> {
    sensors.iter().map(|sensor| read(*sensor).await).collect()
}

fn main() {
    let _readings = read_all(&[1, 2]);
}
