//! How long to pause after a failure.

use std::time::Duration;

/// Pauses that double with each failure in a row, up to a cap.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
///
/// use actors::Backoff;
///
/// let backoff = Backoff::new(Duration::from_millis(100), Duration::from_secs(1));
/// let pauses: Vec<_> = (1..=6).map(|n| backoff.after(n).as_millis()).collect();
/// assert_eq!(pauses, [100, 200, 400, 800, 1000, 1000]);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Backoff {
    first: Duration,
    cap: Duration,
}

impl Backoff {
    /// Begins with the pause `first`, and never pauses for longer than `cap`.
    ///
    /// # Panics
    ///
    /// If `first` is less than a millisecond, the smallest step of tokio's timer, or more than
    /// `cap`.
    #[track_caller]
    pub fn new(first: Duration, cap: Duration) -> Self {
        assert!(first >= Duration::from_millis(1), "there must be a pause");
        assert!(first <= cap, "the first pause must not exceed the cap");
        Self { first, cap }
    }

    /// The pause after this many failures in a row. There is none after no failure.
    pub fn after(&self, failures: usize) -> Duration {
        if failures == 0 {
            return Duration::ZERO;
        }
        let mut pause = self.first;
        for _ in 1..failures {
            if pause == self.cap {
                break; // after 74 doublings at the latest
            }
            pause = pause.saturating_mul(2).min(self.cap);
        }
        pause
    }

    /// A pause between none and that of [`after`](Backoff::after), each length as likely as any
    /// other, in whole milliseconds.
    ///
    /// Clients that failed together draw different pauses, and so do not come back together.
    pub fn jittered(&self, failures: usize, random: &mut fastrand::Rng) -> Duration {
        let most = self.after(failures).as_millis();
        let most = u64::try_from(most).unwrap_or(u64::MAX);
        Duration::from_millis(random.u64(0..=most))
    }
}
