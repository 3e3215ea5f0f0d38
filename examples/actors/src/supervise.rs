//! What happens when an actor panics.

use std::panic::{AssertUnwindSafe, resume_unwind};
use std::time::Duration;

use futures::FutureExt;
use tokio::time::{Instant, sleep};

use crate::actor::{run, start};
use crate::{Actor, Address, Backoff, Running};

/// How often a supervised actor may be started anew.
#[derive(Clone, Copy, Debug)]
pub struct Restarts {
    /// At most so many restarts ...
    pub most: usize,
    /// ... within so much time, pauses included. One panic more, and the actor ends for good.
    pub within: Duration,
    /// The pause before each, by the number of panics within that time.
    pub backoff: Backoff,
}

/// Starts the actor that `make` makes, and when it panics, starts another in its place.
///
/// The mailbox stays, and with it every [`Address`] and every message that waits. The state does
/// not: the panic may have left it half changed, so it is dropped, and `make` makes a fresh one.
/// The message that the actor panicked at is lost, and whoever waits for its reply gets
/// [`AskError::NoReply`](crate::AskError::NoReply). It is not tried again, because the actor would
/// probably panic at it again.
///
/// While the actor pauses before a restart, its mailbox accepts messages until it is full.
/// [`Running::stop`] works as for any actor; asked during a pause, it takes effect after it.
///
/// An actor that panics too often ends with its last panic, like one that is not supervised. The
/// messages that still wait are then dropped.
///
/// A program that is built with `panic = "abort"` ends at the first panic, supervised or not.
///
/// # Panics
///
/// If `capacity` is zero or greater than
/// [`Semaphore::MAX_PERMITS`](tokio::sync::Semaphore::MAX_PERMITS), or if no tokio runtime is
/// running. Also if `most` pauses of the longest length would fill `within`: then the limit might
/// never be reached, and an actor that can't live would be started anew forever.
#[track_caller]
pub fn supervise<A: Actor>(
    mut make: impl FnMut() -> A + Send + 'static,
    capacity: usize,
    restarts: Restarts,
) -> (Address<A::Message>, Running<A>) {
    let longest = restarts.backoff.after(restarts.most).as_nanos();
    assert!(
        restarts.most == 0
            || longest.saturating_mul(restarts.most as u128) < restarts.within.as_nanos(),
        "the pauses must not fill the time in which panics are counted"
    );
    start(capacity, async move |mut mailbox| {
        let mut panics = Vec::new();
        loop {
            // Nobody sees what a panic leaves half changed in the actor: it is gone with its life.
            // The mailbox is at rest while a message is handled. What `make` captured, and what the
            // actor shares with others, is up to whoever wrote them.
            let life = AssertUnwindSafe(async { run(make(), &mut mailbox).await });
            match life.catch_unwind().await {
                Ok(actor) => return actor,
                Err(panic) => {
                    let now = Instant::now();
                    panics.retain(|&at| now - at < restarts.within);
                    panics.push(now);
                    if panics.len() > restarts.most {
                        resume_unwind(panic);
                    }
                    sleep(restarts.backoff.after(panics.len())).await;
                }
            }
        }
    })
}
