//! Retries, on the paused clock: every attempt and every pause is exact.

use std::error::Error;
use std::fmt;
use std::future::{pending, ready};
use std::time::Duration;

use actors::{Backoff, Retry, RetryError, retry};
use fastrand::Rng;
use tokio::task::yield_now;
use tokio::time::{Instant, advance, sleep};

const fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

fn policy(within: Duration) -> Retry {
    Retry {
        backoff: Backoff::new(ms(100), ms(1_000)),
        within,
    }
}

#[derive(Debug, PartialEq)]
enum Failure {
    Busy,
    Unknown,
}

fn is_busy(failure: &Failure) -> bool {
    *failure == Failure::Busy
}

/// The pauses that `seed` draws after 1, 2, 3 ... failures.
fn pauses(seed: u64, count: usize) -> Vec<Duration> {
    let mut random = Rng::with_seed(seed);
    let backoff = policy(ms(0)).backoff;
    (1..=count)
        .map(|n| backoff.jittered(n, &mut random))
        .collect()
}

#[tokio::test(start_paused = true)]
async fn what_succeeds_at_once_is_not_tried_again() {
    let start = Instant::now();
    let mut attempts = 0;

    let result = retry(policy(ms(10_000)), &mut Rng::with_seed(1), is_busy, || {
        attempts += 1;
        ready(Ok("page"))
    })
    .await;
    assert_eq!(result, Ok("page"));
    assert_eq!((attempts, start.elapsed()), (1, ms(0)));
}

#[tokio::test(start_paused = true)]
async fn attempts_come_after_the_pauses_that_were_drawn() {
    let start = Instant::now();
    let mut times = Vec::new();

    // Busy four times.
    let result = retry(policy(ms(60_000)), &mut Rng::with_seed(7), is_busy, || {
        times.push(start.elapsed());
        let busy = times.len() < 5;
        ready(if busy { Err(Failure::Busy) } else { Ok(()) })
    })
    .await;
    assert_eq!(result, Ok(()));

    let mut expected = vec![ms(0)];
    for pause in pauses(7, 4) {
        let last = expected[expected.len() - 1];
        expected.push(last + pause);
    }
    assert_eq!(times, expected);
}

#[tokio::test(start_paused = true)]
async fn an_error_that_no_retry_mends_is_returned_at_once() {
    let start = Instant::now();
    let mut failures = vec![Failure::Unknown, Failure::Busy]; // taken from the end

    let result: Result<(), _> = retry(policy(ms(10_000)), &mut Rng::with_seed(1), is_busy, || {
        ready(Err(failures.pop().expect("there are two attempts")))
    })
    .await;
    assert_eq!(result, Err(RetryError::Permanent(Failure::Unknown)));

    // After the one pause that "busy" was worth.
    assert_eq!(start.elapsed(), pauses(1, 1)[0]);
}

#[tokio::test(start_paused = true)]
async fn it_gives_up_rather_than_wait_for_a_deadline_that_the_next_pause_would_reach() {
    let start = Instant::now();
    let mut attempts = 0;

    let result: Result<(), _> = retry(policy(ms(1_000)), &mut Rng::with_seed(3), is_busy, || {
        attempts += 1;
        ready(Err(Failure::Busy))
    })
    .await;
    let last = Some(Failure::Busy);
    assert_eq!(result, Err(RetryError::DeadlineExceeded { last }));

    // As many pauses as fit in before the deadline, and an attempt before each and after the last.
    let mut waited = ms(0);
    let fit = pauses(3, 100)
        .into_iter()
        .take_while(|pause| {
            waited += *pause;
            waited < ms(1_000)
        })
        .count();
    assert_eq!(attempts, fit + 1);
    assert!(start.elapsed() < ms(1_000));
}

#[tokio::test(start_paused = true)]
async fn an_attempt_that_runs_at_the_deadline_is_dropped() {
    let start = Instant::now();

    let result: Result<(), RetryError<Failure>> =
        retry(policy(ms(500)), &mut Rng::with_seed(1), is_busy, pending).await;
    assert_eq!(result, Err(RetryError::DeadlineExceeded { last: None }));
    assert_eq!(start.elapsed(), ms(500));
}

#[tokio::test(start_paused = true)]
async fn the_deadline_holds_for_attempts_and_pauses_together() {
    let start = Instant::now();
    let mut attempts = 0;

    // Each attempt takes 400 ms, so there is time for two, and for a part of the third.
    let result: Result<(), _> = retry(policy(ms(1_200)), &mut Rng::with_seed(1), is_busy, || {
        attempts += 1;
        async {
            sleep(ms(400)).await;
            Err(Failure::Busy)
        }
    })
    .await;
    let last = Some(Failure::Busy);
    assert_eq!(result, Err(RetryError::DeadlineExceeded { last }));
    assert_eq!((attempts, start.elapsed()), (3, ms(1_200)));
}

#[tokio::test(start_paused = true)]
async fn a_pause_that_would_end_at_the_deadline_is_not_waited_for() {
    let start = Instant::now();
    let within = pauses(1, 1)[0];
    assert!(within > ms(0));

    let result: Result<(), _> = retry(policy(within), &mut Rng::with_seed(1), is_busy, || {
        ready(Err(Failure::Busy))
    })
    .await;
    assert!(result.is_err());
    assert_eq!(start.elapsed(), ms(0));
}

#[tokio::test(start_paused = true)]
async fn no_attempt_begins_after_the_deadline() {
    let mut random = Rng::with_seed(1);
    let mut attempts = 0;
    let retry = retry(policy(ms(10_000)), &mut random, is_busy, || {
        attempts += 1;
        ready(Err::<(), _>(Failure::Busy))
    });
    let late_timer = async {
        yield_now().await; // the retry pauses
        advance(ms(20_000)).await;
    };
    let (_result, ()) = tokio::join!(retry, late_timer);
    assert_eq!(attempts, 1);
}

#[tokio::test(start_paused = true)]
async fn the_first_attempt_is_made_even_with_no_time() {
    let result = retry(policy(ms(0)), &mut Rng::with_seed(1), is_busy, || {
        ready(Ok("page"))
    })
    .await;
    assert_eq!(result, Ok("page"));
}

#[tokio::test(start_paused = true)]
async fn without_a_deadline_it_goes_on() {
    let mut random = Rng::with_seed(1);
    let mut attempts = 0;

    let result = retry(policy(Duration::MAX), &mut random, is_busy, || {
        attempts += 1;
        let busy = attempts < 1_000;
        ready(if busy { Err(Failure::Busy) } else { Ok(()) })
    });
    assert_eq!(result.await, Ok(()));
}

#[tokio::test(start_paused = true)]
async fn of_several_errors_it_tells_the_last() {
    let mut random = Rng::with_seed(1);
    let mut attempts = 0;

    let result = retry(
        policy(ms(5_000)),
        &mut random,
        |_| true,
        || {
            attempts += 1;
            ready(Err::<(), _>(attempts))
        },
    )
    .await;
    assert!(attempts > 1);
    let last = Some(attempts);
    assert_eq!(result, Err(RetryError::DeadlineExceeded { last }));
}

#[test]
fn the_chain_of_causes_is_kept() {
    #[derive(Debug)]
    struct Refused(fmt::Error);

    impl fmt::Display for Refused {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("refused")
        }
    }

    impl Error for Refused {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            Some(&self.0)
        }
    }

    /// The error, its cause, the cause of that, and so on.
    fn chain(error: &dyn Error) -> Vec<String> {
        let mut messages = vec![error.to_string()];
        messages.extend(error.source().into_iter().flat_map(chain));
        messages
    }

    let cause = fmt::Error.to_string();
    let permanent = RetryError::Permanent(Refused(fmt::Error));
    assert_eq!(chain(&permanent), ["refused", &cause]);
    let last = Some(Refused(fmt::Error));
    let given_up = RetryError::DeadlineExceeded { last };
    assert_eq!(
        chain(&given_up),
        ["gave up at the deadline", "refused", &cause]
    );
}

#[test]
fn pauses_double_up_to_the_cap_and_do_not_overflow() {
    let backoff = Backoff::new(ms(100), ms(1_000));

    assert_eq!(backoff.after(0), ms(0));
    assert_eq!(
        [1, 2, 3, 4].map(|n| backoff.after(n)),
        [100, 200, 400, 800].map(ms)
    );
    assert_eq!(
        [5, 6, 40, usize::MAX].map(|n| backoff.after(n)),
        [ms(1_000); 4]
    );

    let longest = Backoff::new(Duration::MAX, Duration::MAX);
    assert_eq!(longest.after(usize::MAX), Duration::MAX);

    let uncapped = Backoff::new(ms(1), Duration::MAX);
    assert_eq!(uncapped.after(60), ms(1 << 59));
    assert_eq!(uncapped.after(usize::MAX), Duration::MAX);
}

#[test]
fn jitter_draws_all_pauses_from_none_to_the_longest() {
    let backoff = Backoff::new(ms(4), ms(4));
    let mut random = Rng::with_seed(1);

    let mut drawn = [0; 5];
    for _ in 0..1_000 {
        let pause = backoff.jittered(1, &mut random).as_millis();
        drawn[usize::try_from(pause).expect("at most 4")] += 1;
    }

    // Each about 200 times; the seed makes it the same in every run.
    assert!(drawn.iter().all(|times| (150..=250).contains(times)));
}

#[test]
fn clients_that_failed_together_come_back_apart() {
    let mut first: Vec<_> = (0..20).map(|client| pauses(client, 5)[4]).collect();
    first.sort_unstable();
    first.dedup();

    // Twenty clients draw among a thousand lengths.
    assert!(first.len() >= 18);
}

#[test]
#[should_panic = "there must be a pause"]
fn a_back_off_without_a_pause_is_refused() {
    let _ = Backoff::new(ms(0), ms(1_000));
}

#[test]
#[should_panic = "there must be a pause"]
fn a_pause_that_the_timer_can_not_measure_is_refused() {
    let _ = Backoff::new(Duration::from_micros(999), ms(1_000));
}

#[test]
#[should_panic = "must not exceed the cap"]
fn a_cap_below_the_first_pause_is_refused() {
    let _ = Backoff::new(ms(100), ms(10));
}

#[tokio::test(start_paused = true)]
async fn a_retry_may_be_a_task_of_its_own() {
    let task = tokio::spawn(async {
        let mut attempts = 0;
        let mut random = Rng::with_seed(1);
        let attempt = || {
            attempts += 1;
            let busy = attempts < 3;
            async move {
                sleep(ms(1)).await;
                if busy { Err(Failure::Busy) } else { Ok(()) }
            }
        };
        retry(policy(ms(10_000)), &mut random, is_busy, attempt).await
    });
    assert_eq!(task.await.expect("no attempt panics"), Ok(()));
}
