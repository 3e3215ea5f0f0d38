//! Three tasks take turns on one thread, on an executor made of std alone.

use std::future::poll_fn;
use std::task::Poll;

use executor::Executor;

/// Gives the thread to whatever was woken before.
async fn give_way() {
    let mut has_given_way = false;
    poll_fn(move |context| {
        if has_given_way {
            return Poll::Ready(());
        }
        has_given_way = true;
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

async fn sensor(name: &'static str, readings: u32) -> u32 {
    for reading in 1..=readings {
        println!("{name}: reading {reading}");
        give_way().await;
    }
    if name == "attic" {
        panic!("the cable is cut");
    }
    readings
}

fn main() {
    let mut executor = Executor::new();
    let spawner = executor.spawner();
    let sensors = [("cellar", 2), ("attic", 1), ("garage", 3)]
        .map(|(name, readings)| (name, spawner.spawn(sensor(name, readings))));
    executor.block_on(async {
        for (name, handle) in sensors {
            match handle.await {
                Ok(readings) => println!("{name}: {readings} readings"),
                Err(_) => println!("{name}: panicked"),
            }
        }
    });
}
