use futures::stream::{self, StreamExt};

fn main() {
    let prices = stream::iter([Ok(20), Err("no sofa")]);
    let _all = prices.collect::<Result<Vec<u32>, &str>>();
}
