#![deny(async_fn_in_trait)]

pub trait Sensor {
    async fn read(&self) -> u32;
}

fn main() {}
