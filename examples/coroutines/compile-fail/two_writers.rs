async fn read(sensor: u32) -> u32 {
    sensor * 10
}

async fn log_both() -> Vec<u32> {
    let mut log = Vec::new();
    let north = async { log.push(read(1).await) };
    let south = async { log.push(read(2).await) };
    north.await;
    south.await;
    log
}

fn main() {
    let _log = log_both();
}
