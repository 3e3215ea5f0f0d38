//! What a handle tells of its task: a result, a panic, an abort.

use std::future;

use tokio::task::{self, JoinError};

async fn read_sensor(name: &str) -> u32 {
    match name {
        "cellar" => 12,
        "attic" => panic!("the cable is cut"),
        _ => future::pending().await, // never ready
    }
}

fn describe(end: Result<u32, JoinError>) -> String {
    match end {
        Ok(degrees) => format!("{degrees} degrees"),
        Err(error) if error.is_panic() => "panicked".to_owned(),
        Err(error) if error.is_cancelled() => "was cancelled".to_owned(),
        Err(error) => unreachable!("a task ends in no other way: {error}"),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let cellar = task::spawn(read_sensor("cellar"));
    let attic = task::spawn(read_sensor("attic"));
    let garage = task::spawn(read_sensor("garage"));

    println!("cellar: {}", describe(cellar.await));
    println!("attic: {}", describe(attic.await));
    garage.abort();
    println!("garage: {}", describe(garage.await));
}
