//! What a supervisor keeps, what it gives up, and when it gives up itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use actors::{Actor, Address, AskError, Backoff, Restarts, Running, supervise};
use tokio::sync::oneshot;
use tokio::time::{Instant, sleep, sleep_until, timeout};

const A_MINUTE: Duration = Duration::from_secs(60);

/// Knows which life it is in, and how many messages it has handled in it.
struct Worker {
    life: u32,
    handled: u32,
}

enum Message {
    Work(oneshot::Sender<(u32, u32)>),
    Panic(oneshot::Sender<(u32, u32)>),
}

use Message::{Panic, Work};

impl Actor for Worker {
    type Message = Message;

    async fn handle(&mut self, message: Message) {
        self.handled += 1;
        match message {
            Work(reply) => _ = reply.send((self.life, self.handled)),
            Panic(_reply) => panic!("the worker is told to"),
        }
    }
}

/// A worker that may be started anew twice within a minute, after one second and then two.
fn worker(capacity: usize) -> (Address<Message>, Running<Worker>) {
    let mut life = 0;
    let make = move || {
        life += 1;
        Worker { life, handled: 0 }
    };
    let restarts = Restarts {
        most: 2,
        within: A_MINUTE,
        backoff: Backoff::new(Duration::from_secs(1), Duration::from_secs(10)),
    };
    supervise(make, capacity, restarts)
}

#[tokio::test(start_paused = true)]
async fn the_mailbox_outlives_the_actor_and_the_state_does_not() {
    let (worker, running) = worker(8);
    assert_eq!(worker.ask(Work).await, Ok((1, 1)));
    assert_eq!(worker.ask(Work).await, Ok((1, 2)));

    // It panics at one of three messages that wait. That one is lost; the others are handled, the
    // one behind it by the next actor, which counts from one.
    let (before, panicked, behind) =
        tokio::join!(worker.ask(Work), worker.ask(Panic), worker.ask(Work));
    assert_eq!(before, Ok((1, 3)));
    assert_eq!(panicked, Err(AskError::NoReply));
    assert_eq!(behind, Ok((2, 1)));

    // The address is the same, and it stops like any other.
    assert_eq!(worker.ask(Work).await, Ok((2, 2)));
    let Worker { life, handled } = running.stop().await.expect("the second did not panic");
    assert_eq!((life, handled), (2, 2));
}

#[tokio::test(start_paused = true)]
async fn pauses_grow_with_the_panics() {
    let (worker, _running) = worker(8);
    let start = Instant::now();

    assert_eq!(worker.ask(Panic).await, Err(AskError::NoReply));
    assert_eq!(start.elapsed(), Duration::ZERO); // the asker does not wait for the restart
    assert_eq!(worker.ask(Work).await, Ok((2, 1)));
    assert_eq!(start.elapsed(), Duration::from_secs(1));

    assert_eq!(worker.ask(Panic).await, Err(AskError::NoReply));
    assert_eq!(worker.ask(Work).await, Ok((3, 1)));
    assert_eq!(start.elapsed(), Duration::from_secs(3));
}

#[tokio::test(start_paused = true)]
async fn the_mailbox_keeps_its_limit_while_nobody_is_there() {
    let (worker, _running) = worker(1);
    assert_eq!(worker.ask(Panic).await, Err(AskError::NoReply));

    // The worker pauses. One message is accepted, and the next has to wait.
    worker
        .try_send(Work(oneshot::channel().0))
        .expect("there is room");
    assert!(worker.try_send(Work(oneshot::channel().0)).is_err());
    let half_a_second = Duration::from_millis(500);
    assert!(timeout(half_a_second, worker.ask(Work)).await.is_err());

    // After the pause, there is room again.
    assert_eq!(worker.ask(Work).await, Ok((2, 2)));
}

#[tokio::test(start_paused = true)]
async fn one_panic_too_many_ends_it() {
    let (worker, running) = worker(8);
    assert_eq!(worker.ask(Panic).await, Err(AskError::NoReply));
    assert_eq!(worker.ask(Panic).await, Err(AskError::NoReply));

    // With the third it ends, and what waits behind is dropped.
    let (panicked, behind) = tokio::join!(worker.ask(Panic), worker.ask(Work));
    assert_eq!(panicked, Err(AskError::NoReply));
    assert_eq!(behind, Err(AskError::NoReply));
    assert_eq!(worker.ask(Work).await, Err(AskError::Closed));

    // Its owner gets the last panic, as from an actor without a supervisor.
    let Err(error) = running.ended().await else {
        panic!("it ended by a panic");
    };
    let panic = error.into_panic();
    assert_eq!(panic.downcast_ref(), Some(&"the worker is told to"));
}

#[tokio::test(start_paused = true)]
async fn panics_long_ago_do_not_count() {
    let (worker, _running) = worker(8);

    // One panic every 40 seconds: never more than two within a minute, for an hour.
    for life in 2..=90 {
        assert_eq!(worker.ask(Panic).await, Err(AskError::NoReply));
        assert_eq!(worker.ask(Work).await, Ok((life, 1)));
        sleep(Duration::from_secs(40)).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_panic_just_as_long_ago_as_the_limit_says_does_not_count() {
    let (worker, _running) = worker(8);
    let start = Instant::now();

    assert_eq!(worker.ask(Panic).await, Err(AskError::NoReply));
    sleep_until(start + A_MINUTE / 2).await;
    assert_eq!(worker.ask(Panic).await, Err(AskError::NoReply));
    sleep_until(start + A_MINUTE).await;
    assert_eq!(worker.ask(Panic).await, Err(AskError::NoReply));
    assert_eq!(worker.ask(Work).await, Ok((4, 1)));
}

#[tokio::test(start_paused = true)]
async fn stopped_during_a_pause_it_still_handles_what_was_accepted() {
    let (worker, running) = worker(8);
    let start = Instant::now();
    assert_eq!(worker.ask(Panic).await, Err(AskError::NoReply));

    let (stopped, accepted) = tokio::join!(running.stop(), worker.ask(Work));
    assert_eq!(accepted, Ok((2, 1)));
    assert!(stopped.is_ok_and(|worker| worker.handled == 1));
    assert_eq!(start.elapsed(), Duration::from_secs(1)); // the whole pause
}

#[tokio::test(start_paused = true)]
async fn after_a_panic_on_the_way_to_its_end_it_still_handles_what_was_accepted() {
    let (worker, running) = worker(8);

    // It is told to stop before it takes out the first of two messages.
    let (stopped, panicked, behind) =
        tokio::join!(running.stop(), worker.ask(Panic), worker.ask(Work));
    assert_eq!(panicked, Err(AskError::NoReply));
    assert_eq!(behind, Ok((2, 1)));
    assert!(stopped.is_ok_and(|worker| worker.life == 2));
}

#[tokio::test(start_paused = true)]
async fn a_panic_while_the_actor_is_made_counts_too() {
    let made = Arc::new(AtomicU32::new(0));
    let make = {
        let made = Arc::clone(&made);
        move || -> Worker {
            made.fetch_add(1, Ordering::SeqCst);
            panic!("it can't be made")
        }
    };
    let restarts = Restarts {
        most: 3,
        within: A_MINUTE,
        backoff: Backoff::new(Duration::from_secs(1), Duration::from_secs(10)),
    };

    let (_worker, running) = supervise(make, 8, restarts);
    assert!(running.ended().await.is_err_and(|error| error.is_panic()));
    assert_eq!(made.load(Ordering::SeqCst), 4); // once, and three times anew
}

#[tokio::test]
#[should_panic = "the pauses must not fill the time in which panics are counted"]
async fn a_limit_that_the_pauses_keep_from_being_reached_is_refused() {
    let restarts = Restarts {
        most: 5,
        within: Duration::from_secs(5),
        backoff: Backoff::new(Duration::from_secs(1), Duration::from_secs(10)),
    };
    let make = || Worker {
        life: 1,
        handled: 0,
    };
    let _ = supervise(make, 8, restarts);
}

#[tokio::test(start_paused = true)]
async fn without_restarts_the_first_panic_ends_it() {
    let restarts = Restarts {
        most: 0,
        within: Duration::ZERO,
        backoff: Backoff::new(Duration::from_secs(1), Duration::from_secs(10)),
    };
    let make = || Worker {
        life: 1,
        handled: 0,
    };
    let (worker, running) = supervise(make, 8, restarts);
    assert_eq!(worker.ask(Panic).await, Err(AskError::NoReply));
    assert!(running.ended().await.is_err_and(|error| error.is_panic()));
}
