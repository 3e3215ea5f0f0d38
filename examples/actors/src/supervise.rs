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
    /// ... within so much time. One panic more, and the actor ends for good.
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
/// If `capacity` is zero, or if no tokio runtime is running.
pub fn supervise<A: Actor>(
    mut make: impl FnMut() -> A + Send + 'static,
    capacity: usize,
    restarts: Restarts,
) -> (Address<A::Message>, Running<A>) {
    start(capacity, async move |mut mailbox| {
        let mut panics = Vec::new();
        loop {
            // A panic leaves nothing half changed behind: the actor is gone with its life, and the
            // mailbox is at rest while a message is handled.
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
