//! What the chapter says of tokio's semaphore and does not show in a program.

use std::future::Future;
use std::panic::catch_unwind;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use tokio::sync::{Semaphore, TryAcquireError};

/// Polls with a waker that wakes nobody: these tests poll when they want to.
fn context() -> Context<'static> {
    Context::from_waker(Waker::noop())
}

#[test]
fn waiters_are_served_in_the_order_of_their_requests() {
    let semaphore = Semaphore::new(0);

    // Two requests, and nothing to give them.
    let mut first = pin!(semaphore.acquire());
    let mut second = pin!(semaphore.acquire());
    assert!(first.as_mut().poll(&mut context()).is_pending());
    assert!(second.as_mut().poll(&mut context()).is_pending());

    // One permit: it belongs to the first, even if the second asks before it.
    semaphore.add_permits(1);
    assert!(second.as_mut().poll(&mut context()).is_pending());
    assert!(first.as_mut().poll(&mut context()).is_ready());
}

#[test]
fn a_newcomer_cannot_take_what_was_put_back_for_a_waiter() {
    let semaphore = Semaphore::new(0);

    let mut waiter = pin!(semaphore.acquire());
    assert!(waiter.as_mut().poll(&mut context()).is_pending());

    // The permit goes to the waiter at once, before the waiter runs.
    semaphore.add_permits(1);
    assert_eq!(semaphore.available_permits(), 0);
    assert_eq!(
        semaphore.try_acquire().err(),
        Some(TryAcquireError::NoPermits)
    );
    assert!(waiter.as_mut().poll(&mut context()).is_ready());
}

#[test]
fn a_waiter_that_gives_up_returns_what_it_had_gathered() {
    let semaphore = Semaphore::new(1);

    // It wants three, gets the one that is there, and waits for two more.
    {
        let mut large = pin!(semaphore.acquire_many(3));
        assert!(large.as_mut().poll(&mut context()).is_pending());
        assert_eq!(semaphore.available_permits(), 0);
    }

    // It was dropped without having got all three.
    assert_eq!(semaphore.available_permits(), 1);
}

#[test]
fn close_fails_those_who_wait_and_those_who_come_later() {
    let semaphore = Semaphore::new(0);

    // One waits already.
    let mut waiting = pin!(semaphore.acquire());
    assert!(waiting.as_mut().poll(&mut context()).is_pending());

    // Closing ends its wait.
    semaphore.close();
    assert!(matches!(
        waiting.as_mut().poll(&mut context()),
        Poll::Ready(Err(_))
    ));

    // Permits added now help nobody.
    semaphore.add_permits(1);
    let mut later = pin!(semaphore.acquire());
    assert!(matches!(
        later.as_mut().poll(&mut context()),
        Poll::Ready(Err(_))
    ));
    assert_eq!(semaphore.try_acquire().err(), Some(TryAcquireError::Closed));
}

#[test]
fn a_permit_outlives_the_close() {
    let semaphore = Semaphore::new(1);

    // Closing takes nothing away from who is inside, and the permit still goes back.
    let permit = semaphore.try_acquire().expect("the only permit is free");
    semaphore.close();
    assert_eq!(semaphore.available_permits(), 0);
    drop(permit);
    assert_eq!(semaphore.available_permits(), 1);
}

#[test]
fn more_than_max_permits_panics() {
    assert!(catch_unwind(|| Semaphore::new(Semaphore::MAX_PERMITS)).is_ok());
    assert!(catch_unwind(|| Semaphore::new(Semaphore::MAX_PERMITS + 1)).is_err());
}
