//! How often a spawned task allocates, and an awaited future.
//!
//! The case runs alone in its process, on one thread, so that nobody else allocates meanwhile. What
//! tokio allocates once and keeps is allocated before the counting starts.

use std::future::poll_fn;
use std::hint::black_box;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use tokio::runtime::Builder;

use crate::Scale;
use crate::case::{Case, Quantity, Skip, Unit};
use crate::counting::allocated;

const SPAWNS: u64 = 32;
const FUTURES: u64 = 32;
/// How many `.await` there are in [`four_steps`] and what it calls, each time that they are reached.
const AWAITS: u64 = 10;

/// The cases of this part.
pub fn cases(_: Scale) -> Vec<Case> {
    vec![Case::all_or_none(
        "allocations",
        vec![
            Quantity::new(
                "allocations/await",
                "for an `.await` in an `async fn`",
                Unit::Count,
            ),
            Quantity::new("allocations/spawn", "for a `tokio::spawn`", Unit::Count),
            Quantity::new(
                "allocations/spawn-bytes",
                "in it, the bytes that tokio asks for",
                Unit::Bytes,
            ),
        ],
        count,
    )]
}

fn count() -> Result<Vec<f64>, Skip> {
    let (sum, awaited) = allocated(|| (0..FUTURES).map(|_| poll_to_end()).sum::<u64>());
    if sum != 4 * FUTURES {
        return Err(Skip(format!("the futures give {sum}")));
    }

    let runtime = Builder::new_current_thread().build()?;
    let spawned = runtime.block_on(async {
        tokio::spawn(async { 1 }).await?; // what tokio makes once is made now
        let mut tasks = Vec::with_capacity(SPAWNS as usize);
        let ((), spawned) = allocated(|| {
            for _ in 0..SPAWNS {
                tasks.push(tokio::spawn(async { 1 }));
            }
        });
        for task in tasks {
            task.await?;
        }
        Ok::<_, Skip>(spawned)
    })?;
    Ok(vec![
        awaited.count as f64 / (FUTURES * AWAITS) as f64,
        spawned.count as f64 / SPAWNS as f64,
        spawned.bytes as f64 / SPAWNS as f64,
    ])
}

fn poll_to_end() -> u64 {
    let mut future = pin!(four_steps());
    let mut context = Context::from_waker(Waker::noop());
    loop {
        // `black_box` keeps the compiler from working out the sum beforehand.
        if let Poll::Ready(sum) = black_box(&mut future).as_mut().poll(&mut context) {
            return sum;
        }
    }
}

async fn four_steps() -> u64 {
    two_steps().await + two_steps().await
}

async fn two_steps() -> u64 {
    step().await + step().await
}

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
