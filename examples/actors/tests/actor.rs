//! An actor, its addresses and its owner, as their user sees them.

use std::future::{Future, pending};
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use actors::{Actor, Address, AskError, Running, spawn};
use tokio::sync::mpsc::error::{SendError, TrySendError};
use tokio::sync::oneshot;
use tokio::task::yield_now;
use tokio::time::{Instant, sleep, timeout};

/// Writes down what it is told, and takes a second for each line.
#[derive(Debug)]
struct Log {
    lines: Vec<&'static str>,
}

#[derive(Debug)]
enum Message {
    Write(&'static str),
    Count(oneshot::Sender<usize>),
    WriteAndCount(&'static str, oneshot::Sender<usize>),
    /// Drops the sender for the reply.
    Ignore(oneshot::Sender<usize>),
    Panic(oneshot::Sender<usize>),
}

use Message::{Count, Ignore, Panic, Write, WriteAndCount};

impl Actor for Log {
    type Message = Message;

    async fn handle(&mut self, message: Message) {
        match message {
            Write(line) => {
                sleep(Duration::from_secs(1)).await;
                self.lines.push(line);
            }
            Count(reply) => _ = reply.send(self.lines.len()),
            WriteAndCount(line, reply) => {
                self.lines.push(line);
                let _ = reply.send(self.lines.len());
            }
            Ignore(reply) => drop(reply),
            Panic(_reply) => panic!("the log is told to"),
        }
    }
}

fn log(capacity: usize) -> (Address<Message>, Running<Log>) {
    spawn(Log { lines: Vec::new() }, capacity)
}

/// Polls with a waker that wakes nobody: these tests poll when they want to.
fn poll<F: Future>(future: std::pin::Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

#[tokio::test(start_paused = true)]
async fn it_handles_messages_in_order_and_one_at_a_time() {
    let (log, running) = log(8);
    let start = Instant::now();

    for line in ["one", "two", "three"] {
        log.send(Write(line)).await.expect("the log runs");
    }

    // The count comes last, so it sees all three; and they took three seconds, one by one.
    assert_eq!(log.ask(Count).await, Ok(3));
    assert_eq!(start.elapsed(), Duration::from_secs(3));
    let log = running.stop().await.expect("the log did not panic");
    assert_eq!(log.lines, ["one", "two", "three"]);
}

#[tokio::test(start_paused = true)]
async fn a_full_mailbox_refuses_or_makes_its_sender_wait() {
    let (log, _running) = log(2);

    // The actor has not had a turn, so two messages fill the mailbox.
    log.try_send(Write("one")).expect("there is room for two");
    log.try_send(Write("two")).expect("there is room for two");
    assert_eq!(log.room(), 0);

    // A third is refused, and given back.
    let refused = log.try_send(Write("three"));
    assert!(matches!(refused, Err(TrySendError::Full(Write("three")))));

    // Who can wait gets room as soon as the actor has taken one out.
    let start = Instant::now();
    log.send(Write("three")).await.expect("the log runs");
    assert_eq!(start.elapsed(), Duration::ZERO);

    // For the next place, the first message must be done.
    log.send(Write("four")).await.expect("the log runs");
    assert_eq!(start.elapsed(), Duration::from_secs(1));
}

#[tokio::test(start_paused = true)]
async fn a_send_that_is_given_up_sends_nothing() {
    let (log, running) = log(1);
    log.try_send(Write("one")).expect("there is room for one");

    // There is no room; this sender waits, and gives up.
    {
        let mut waiting = pin!(log.send(Write("two")));
        assert!(poll(waiting.as_mut()).is_pending());
    }

    let log = running.stop().await.expect("the log did not panic");
    assert_eq!(log.lines, ["one"]);
}

#[tokio::test(start_paused = true)]
async fn a_stopped_actor_finishes_what_it_accepted() {
    let (log, running) = log(8);
    for line in ["one", "two", "three"] {
        log.send(Write(line)).await.expect("the log runs");
    }

    let Log { lines } = running.stop().await.expect("the log did not panic");
    assert_eq!(lines, ["one", "two", "three"]);

    // It is gone: every way to reach it says so, and gives the message back.
    let sent = log.send(Write("four")).await;
    assert!(matches!(sent, Err(SendError(Write("four")))));
    let tried = log.try_send(Write("five"));
    assert!(matches!(tried, Err(TrySendError::Closed(Write("five")))));
    assert_eq!(log.ask(Count).await, Err(AskError::Closed));
}

#[tokio::test(start_paused = true)]
async fn who_waits_for_room_when_the_actor_is_stopped_gets_the_message_back() {
    // Often, because a `select!` that is not `biased` looks at `stop` first only sometimes.
    for _ in 0..50 {
        let (log, running) = log(1);

        // One is being handled, one waits in the mailbox, and one waits for room.
        log.send(Write("one")).await.expect("the log runs");
        log.send(Write("two")).await.expect("the log runs");
        let waiting = tokio::spawn({
            let log = log.clone();
            async move { log.send(Write("three")).await }
        });
        yield_now().await;

        let Log { lines } = running.stop().await.expect("the log did not panic");
        assert_eq!(lines, ["one", "two"]);
        let refused = waiting.await.expect("the sender does not panic");
        assert!(matches!(refused, Err(SendError(Write("three")))));
    }
}

#[tokio::test(start_paused = true)]
async fn between_the_call_of_stop_and_the_next_message_it_still_accepts_and_handles() {
    let (log, running) = log(8);
    log.send(Write("one")).await.expect("the log runs");
    yield_now().await; // the log begins with it

    let mut stop = pin!(running.stop());
    assert!(poll(stop.as_mut()).is_pending());
    log.send(Write("two"))
        .await
        .expect("it is still busy with the first");

    let Log { lines } = stop.await.expect("the log did not panic");
    assert_eq!(lines, ["one", "two"]);
}

#[tokio::test(start_paused = true)]
async fn stop_waits_for_a_sender_that_has_room_and_is_not_polled() {
    let (log, running) = log(1);
    log.try_send(Write("one")).expect("there is room for one");
    let mut waiting = pin!(log.send(Write("two")));
    assert!(poll(waiting.as_mut()).is_pending());
    yield_now().await; // the log takes the first, and the sender has its place
    assert_eq!(log.room(), 0);

    let mut stop = pin!(running.stop());
    let an_hour = Duration::from_secs(3600);
    assert!(timeout(an_hour, stop.as_mut()).await.is_err());

    // Polled at last, the sender is refused, and gives its place back.
    let refused = waiting.await;
    assert!(matches!(refused, Err(SendError(Write("two")))));
    let Log { lines } = stop.await.expect("the log did not panic");
    assert_eq!(lines, ["one"]);
}

#[tokio::test(start_paused = true)]
async fn a_stop_that_nobody_polled_stops_nothing() {
    let (log, running) = log(8);
    drop(running.stop());
    yield_now().await;

    assert_eq!(log.ask(Count).await, Ok(0));
}

#[tokio::test(start_paused = true)]
async fn an_actor_that_waits_forever_can_be_aborted() {
    struct Stuck;

    impl Actor for Stuck {
        type Message = ();

        async fn handle(&mut self, (): ()) {
            pending().await
        }
    }

    let (stuck, running) = spawn(Stuck, 8);
    stuck.send(()).await.expect("it runs");
    let abort = running.abort_handle();
    let mut stop = pin!(running.stop());
    let an_hour = Duration::from_secs(3600);
    assert!(timeout(an_hour, stop.as_mut()).await.is_err());

    abort.abort();
    assert!(stop.await.is_err_and(|error| error.is_cancelled()));
    assert!(stuck.send(()).await.is_err());
}

#[tokio::test(start_paused = true)]
async fn without_addresses_it_ends_when_the_mailbox_is_empty() {
    let (log, running) = log(8);
    log.send(Write("one")).await.expect("the log runs");
    let clone = log.clone();
    drop(log);
    clone.send(Write("two")).await.expect("an address is left");
    drop(clone);

    let Log { lines } = running.ended().await.expect("the log did not panic");
    assert_eq!(lines, ["one", "two"]);
}

#[tokio::test(start_paused = true)]
async fn who_waits_for_its_end_does_not_stop_it() {
    let (log, running) = log(8);

    let an_hour = Duration::from_secs(3600);
    assert!(timeout(an_hour, running.ended()).await.is_err());
    assert_eq!(log.ask(Count).await, Ok(0));
}

#[tokio::test(start_paused = true)]
async fn it_goes_on_without_its_owner() {
    let (log, running) = log(8);
    drop(running);
    yield_now().await; // the log learns of it

    log.send(Write("one")).await.expect("the log runs");
    assert_eq!(log.ask(Count).await, Ok(1));
}

#[tokio::test(start_paused = true)]
async fn a_request_that_is_not_answered_is_told_from_one_that_is_not_accepted() {
    let (log, running) = log(8);

    // The actor drops the sender for the reply, and goes on.
    assert_eq!(log.ask(Ignore).await, Err(AskError::NoReply));
    assert_eq!(log.ask(Count).await, Ok(0));

    // It panics, and is gone.
    assert_eq!(log.ask(Panic).await, Err(AskError::NoReply));
    assert!(running.ended().await.is_err_and(|error| error.is_panic()));
    assert_eq!(log.ask(Count).await, Err(AskError::Closed));
}

#[tokio::test(start_paused = true)]
async fn accepted_is_not_handled() {
    let (log, running) = log(8);

    // Both are accepted. The first panics, and the second is lost with the mailbox.
    let (panicked, lost) = tokio::join!(log.ask(Panic), log.ask(Count));
    assert_eq!(panicked, Err(AskError::NoReply));
    assert_eq!(lost, Err(AskError::NoReply));
    assert!(running.stop().await.is_err_and(|error| error.is_panic()));
}

#[tokio::test(start_paused = true)]
async fn a_request_that_is_given_up_is_still_handled() {
    let (log, running) = log(8);
    log.send(Write("one")).await.expect("the log runs");

    // The log is busy for a second. This asker waits for half of it.
    let half_a_second = Duration::from_millis(500);
    let request = log.ask(|reply| WriteAndCount("two", reply));
    assert!(timeout(half_a_second, request).await.is_err());

    // The log finds nobody to reply to, and does not mind.
    let Log { lines } = running.stop().await.expect("the log did not panic");
    assert_eq!(lines, ["one", "two"]);
}

#[tokio::test(start_paused = true)]
async fn a_timeout_ends_the_wait_for_the_end_and_not_the_actor() {
    let (log, running) = log(8);
    log.send(Write("one")).await.expect("the log runs");
    log.send(Count(oneshot::channel().0))
        .await
        .expect("it runs");

    assert!(
        timeout(Duration::from_millis(1), running.stop())
            .await
            .is_err()
    );
    sleep(Duration::from_secs(2)).await;
    assert_eq!(log.ask(Count).await, Err(AskError::Closed)); // it has ended by itself
}

#[tokio::test(start_paused = true)]
async fn an_actor_that_asks_itself_waits_forever() {
    /// A request carries the address to ask, or nothing, and the sender for the reply.
    struct Request(Option<Address<Request>>, oneshot::Sender<()>);
    struct Narcissus;

    impl Actor for Narcissus {
        type Message = Request;

        async fn handle(&mut self, Request(asks, reply): Request) {
            if let Some(address) = asks {
                let _ = address.ask(|reply| Request(None, reply)).await;
            }
            let _ = reply.send(());
        }
    }

    let (narcissus, _running) = spawn(Narcissus, 8);
    let (echo, _echo) = spawn(Narcissus, 8);
    let an_hour = Duration::from_secs(3600);

    // Asking another is fine. Asking itself, it can't reply before it has replied.
    let other = narcissus.ask(|reply| Request(Some(echo), reply));
    assert_eq!(timeout(an_hour, other).await, Ok(Ok(())));
    let itself = narcissus.ask(|reply| Request(Some(narcissus.clone()), reply));
    assert!(timeout(an_hour, itself).await.is_err());
}

#[tokio::test]
#[should_panic = "mpsc bounded channel requires buffer > 0"]
async fn a_mailbox_without_room_is_refused() {
    let _ = log(0);
}

#[tokio::test]
#[should_panic]
async fn a_mailbox_with_more_room_than_a_semaphore_has_permits_is_refused() {
    let _ = log(usize::MAX);
}

#[tokio::test]
async fn its_owner_can_be_printed_though_the_actor_can_not() {
    struct Secret;

    impl Actor for Secret {
        type Message = ();

        async fn handle(&mut self, (): ()) {}
    }

    let (_address, running) = spawn(Secret, 1);
    assert!(format!("{running:?}").starts_with("Running"));
}

#[test]
fn addresses_may_cross_threads_and_be_shared() {
    fn assert_send_and_sync<T: Send + Sync>() {}

    assert_send_and_sync::<Address<Message>>();
    assert_send_and_sync::<Running<Log>>();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_several_threads_no_message_is_lost_or_handled_twice() {
    struct Sum(u64);

    impl Actor for Sum {
        type Message = u64;

        async fn handle(&mut self, number: u64) {
            self.0 += number;
        }
    }

    let (sum, running) = spawn(Sum(0), 4);
    let senders: Vec<_> = (0..8)
        .map(|_| {
            let sum = sum.clone();
            tokio::spawn(async move {
                for number in 1..=1_000 {
                    sum.send(number).await.expect("the sum runs");
                }
            })
        })
        .collect();
    for sender in senders {
        sender.await.expect("no sender panics");
    }

    let Sum(total) = running.stop().await.expect("the sum did not panic");
    assert_eq!(total, 8 * 500_500);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stopped_under_load_it_has_handled_exactly_what_was_accepted() {
    struct Count(u64);

    impl Actor for Count {
        type Message = ();

        async fn handle(&mut self, (): ()) {
            self.0 += 1;
        }
    }

    let (count, running) = spawn(Count(0), 4);
    let senders: Vec<_> = (0..4)
        .map(|_| {
            let count = count.clone();
            tokio::spawn(async move {
                let mut accepted = 0;
                while count.send(()).await.is_ok() {
                    accepted += 1;
                }
                accepted
            })
        })
        .collect();
    yield_now().await;

    // The senders run on until they are refused.
    let Count(handled) = running.stop().await.expect("the count did not panic");
    let mut accepted = 0;
    for sender in senders {
        accepted += sender.await.expect("no sender panics");
    }
    assert_eq!(handled, accepted);
}
