//! Trying again: not at once, not all together, not forever, and not everything.

use std::error::Error;
use std::fmt::{self, Display};
use std::future::Future;
use std::time::Duration;

use tokio::time::{Instant, sleep, timeout};

use crate::Backoff;

/// When to try again, and when to give up.
#[derive(Clone, Copy, Debug)]
pub struct Retry {
    /// The longest pause after each failure. The pause is drawn between none and this.
    pub backoff: Backoff,
    /// For how long all attempts and all pauses may last together: the deadline is so far ahead.
    /// With [`Duration::MAX`] there is none.
    pub within: Duration,
}

/// Runs `attempt` until it succeeds, until it fails with an error that trying again can't mend, or
/// until the deadline.
///
/// `is_transient` says of an error whether the next attempt may succeed. The first attempt is
/// always made, even with no time at all; no other begins at the deadline or after it. An attempt
/// that still runs at the deadline is dropped. If the next pause would reach the deadline, this
/// gives up at once and does not wait for it.
///
/// `random` draws the pauses. A test passes one with a seed, and gets the same in every run.
///
/// `attempt` is called for each attempt and gives its future. (An `AsyncFnMut` could lend more to
/// its futures, but today the compiler can't see that such a retry is `Send`, so that it could not
/// be spawned.)
///
/// # Idempotence
///
/// An attempt that failed, or was dropped at the deadline, may have taken effect: the reply may be
/// what got lost. So an attempt must be one that may take effect twice. Reading is, setting a value
/// is. Taking one from the stock is not; it is if the request carries a number by which the
/// receiver knows it again.
///
/// # Cancel safety
///
/// If this future is dropped, so is the attempt that runs; the same holds of its effect.
///
/// # Errors
///
/// [`RetryError::Permanent`] with the first error that is not transient;
/// [`RetryError::DeadlineExceeded`] with the last error, if an attempt has ended.
///
/// # Examples
///
/// ```
/// use std::future::ready;
/// use std::time::Duration;
///
/// use actors::{Backoff, Retry, retry};
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// let policy = Retry {
///     backoff: Backoff::new(Duration::from_millis(100), Duration::from_secs(1)),
///     within: Duration::from_secs(10),
/// };
/// let mut random = fastrand::Rng::with_seed(1);
///
/// // The third attempt succeeds.
/// let mut attempts = 0;
/// let page = retry(policy, &mut random, |_: &&str| true, || {
///     attempts += 1;
///     ready(if attempts < 3 { Err("busy") } else { Ok("page") })
/// });
/// assert_eq!(page.await, Ok("page"));
/// assert_eq!(attempts, 3);
/// # }
/// ```
// ANCHOR: retry
pub async fn retry<T, E, F>(
    policy: Retry,
    random: &mut fastrand::Rng,
    is_transient: impl Fn(&E) -> bool,
    mut attempt: impl FnMut() -> F,
) -> Result<T, RetryError<E>>
where
    F: Future<Output = Result<T, E>>,
{
    let start = Instant::now();
    let time_left = || policy.within.saturating_sub(start.elapsed());
    let mut last = None;
    for failures in 1.. {
        match timeout(time_left(), attempt()).await {
            Ok(Ok(value)) => return Ok(value),
            Ok(Err(error)) if !is_transient(&error) => return Err(RetryError::Permanent(error)),
            Ok(Err(error)) => last = Some(error),
            Err(_elapsed) => break,
        }
        let pause = policy.backoff.jittered(failures, random);
        if pause >= time_left() {
            break;
        }
        sleep(pause).await;
        if time_left().is_zero() {
            break; // the timer was late
        }
    }
    Err(RetryError::DeadlineExceeded { last })
}
// ANCHOR_END: retry

/// Why [`retry`] gave up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RetryError<E> {
    /// An error that trying again can't mend.
    Permanent(E),
    /// The time is up.
    DeadlineExceeded {
        /// The error of the last attempt that ended; `None` if the first did not end in time.
        last: Option<E>,
    },
}

impl<E: Display> Display for RetryError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Permanent(error) => write!(f, "{error}"),
            Self::DeadlineExceeded { last: Some(_) } => f.write_str("gave up at the deadline"),
            Self::DeadlineExceeded { last: None } => {
                f.write_str("gave up at the deadline; no attempt had ended")
            }
        }
    }
}

impl<E: Error + 'static> Error for RetryError<E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Permanent(error) => error.source(), // it speaks for the error itself
            Self::DeadlineExceeded { last } => last.as_ref().map(|error| error as _),
        }
    }
}
