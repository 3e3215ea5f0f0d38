//! How many allocations a composed future makes, and a spawned one.

use std::future::poll_fn;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use allocation_counter::measure;
use tokio::runtime::Builder;

/// Waits once.
async fn step() -> u64 {
    let mut has_waited = false;
    poll_fn(move |context| {
        if has_waited {
            return Poll::Ready(1);
        }
        has_waited = true;
        context.waker().wake_by_ref(); // poll me again
        Poll::Pending
    })
    .await
}

async fn two_steps() -> u64 {
    step().await + step().await
}

async fn all() -> u64 {
    let (left, right) = tokio::join!(two_steps(), two_steps());
    left + right
}

fn main() {
    let mut polls = 0;
    let composed = measure(|| {
        let mut future = pin!(all());
        let mut context = Context::from_waker(Waker::noop());
        loop {
            polls += 1;
            if let Poll::Ready(sum) = future.as_mut().poll(&mut context) {
                assert_eq!(sum, 4);
                break;
            }
        }
    });
    println!(
        "calls of seven async fns, {polls} polls: {} allocations",
        composed.count_total
    );

    // `black_box` keeps the compiler from removing the box.
    let boxed = measure(|| drop(std::hint::black_box(Box::pin(all()))));
    println!("in a box: {} allocation", boxed.count_total);

    let runtime = Builder::new_current_thread()
        .build()
        .expect("this runtime needs no threads");
    runtime.block_on(async {
        let warm_up = tokio::spawn(async { 1 }); // what tokio makes once is made now
        warm_up.await.expect("it does not panic");
        let mut tasks = Vec::with_capacity(32);
        let spawned = measure(|| {
            for _ in 0..32 {
                tasks.push(tokio::spawn(async { 1 }));
            }
        });
        println!("32 spawned tasks: {} allocations", spawned.count_total);
        for task in tasks {
            task.await.expect("it does not panic");
        }
    });
}
