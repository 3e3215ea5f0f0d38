use std::async_iter::AsyncIterator;

async fn sum(_readings: impl AsyncIterator<Item = u32>) -> u32 {
    0
}

fn main() {}
