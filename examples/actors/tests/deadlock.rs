//! Two actors that ask each other, and the ways out.
//!
//! On the paused clock, an hour passes only when no task can run. So a timeout of an hour that
//! elapses says that those who wait would wait forever.

use std::time::Duration;

use actors::{Actor, Address, spawn};
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout};

const AN_HOUR: Duration = Duration::from_secs(3600);

/// How a clerk waits for the answer of the other one.
#[derive(Clone, Copy)]
enum Waits {
    InHandle,
    AtMost(Duration),
    InATask,
}

struct Clerk {
    waits: Waits,
    other: Option<Address<Message>>,
}

enum Message {
    Meet(Address<Message>),
    /// Is the other clerk there? To reply, this one asks the other.
    IsOtherThere(oneshot::Sender<bool>),
    AreYouThere(oneshot::Sender<()>),
}

use Message::{AreYouThere, IsOtherThere, Meet};

impl Actor for Clerk {
    type Message = Message;

    async fn handle(&mut self, message: Message) {
        match message {
            Meet(other) => self.other = Some(other),
            AreYouThere(reply) => _ = reply.send(()),
            IsOtherThere(reply) => {
                let other = self.other.clone().expect("they have met");
                match self.waits {
                    Waits::InHandle => {
                        let answer = other.ask(AreYouThere).await;
                        let _ = reply.send(answer.is_ok());
                    }
                    Waits::AtMost(limit) => {
                        let answer = timeout(limit, other.ask(AreYouThere)).await;
                        let _ = reply.send(answer.is_ok());
                    }
                    Waits::InATask => {
                        tokio::spawn(async move {
                            let answer = other.ask(AreYouThere).await;
                            let _ = reply.send(answer.is_ok());
                        });
                    }
                }
            }
        }
    }
}

/// Asks two clerks at once about each other. `None`: they never reply.
async fn ask_both(first: Waits, second: Waits) -> Option<(bool, bool)> {
    // There is so much room that it is not what they wait for.
    let room = 1_000;
    let clerk = |waits| Clerk { waits, other: None };
    let (first, _first) = spawn(clerk(first), room);
    let (second, _second) = spawn(clerk(second), room);
    first.send(Meet(second.clone())).await.ok()?;
    second.send(Meet(first.clone())).await.ok()?;

    let both = async { tokio::join!(first.ask(IsOtherThere), second.ask(IsOtherThere)) };
    let (first, second) = timeout(AN_HOUR, both).await.ok()?;
    Some((first.ok()?, second.ok()?))
}

#[tokio::test(start_paused = true)]
async fn two_actors_that_ask_each_other_at_once_wait_forever() {
    assert_eq!(ask_both(Waits::InHandle, Waits::InHandle).await, None);
}

#[tokio::test(start_paused = true)]
async fn a_limit_in_one_direction_ends_the_wait_of_both() {
    let start = Instant::now();
    let a_second = Duration::from_secs(1);

    // The first gives up, and must say so; then it has time for the second.
    let answers = ask_both(Waits::AtMost(a_second), Waits::InHandle).await;
    assert_eq!(answers, Some((false, true)));
    assert_eq!(start.elapsed(), a_second);
}

#[tokio::test(start_paused = true)]
async fn an_actor_that_lets_a_task_wait_can_answer_meanwhile() {
    let start = Instant::now();

    let answers = ask_both(Waits::InATask, Waits::InHandle).await;
    assert_eq!(answers, Some((true, true)));
    assert_eq!(start.elapsed(), Duration::ZERO);
}
