//! A future in a box for each call, though its type is known.

use std::future::ready;
use std::pin::{Pin, pin};
use std::task::{Context, Waker};

use allocation_counter::measure;

async fn reading(sensor: u32) -> u32 {
    ready(sensor * 10).await
}

/// What the macro `async_trait` makes of an `async fn`: a box for each call.
fn boxed(sensor: u32) -> Pin<Box<dyn Future<Output = u32>>> {
    Box::pin(reading(sensor))
}

fn main() {
    let used = measure(|| {
        let sum = pin!(async {
            let mut sum = 0;
            for sensor in 0..1000 {
                sum += boxed(sensor).await;
            }
            sum
        });
        let poll = sum.poll(&mut Context::from_waker(Waker::noop()));
        assert!(poll.is_ready());
    });
    println!("{} allocations", used.count_total);
}
