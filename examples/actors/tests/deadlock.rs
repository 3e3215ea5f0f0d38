//! Two actors that ask each other, an actor whose tasks report to it, and the ways out.
//!
//! On the paused clock, an hour passes only when no task can run. So a timeout of an hour that
//! elapses says that those who wait would wait forever.

use std::sync::Arc;
use std::time::Duration;

use actors::{Actor, Address, spawn};
use tokio::sync::{Semaphore, oneshot};
use tokio::time::{Instant, sleep, timeout};

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

/// How a shop gets a permit to let a task wait for it.
#[derive(Clone, Copy)]
enum Permits {
    WaitedFor,
    Tried,
}

/// Has two permits. Its tasks send their answers to its own mailbox.
struct Shop {
    permits: Permits,
    semaphore: Arc<Semaphore>,
    reserved: u32,
    refused: u32,
}

enum ToShop {
    Order(Address<ToShop>),
    Reserved,
}

impl Actor for Shop {
    type Message = ToShop;

    async fn handle(&mut self, message: ToShop) {
        let ToShop::Order(shop) = message else {
            self.reserved += 1;
            return;
        };
        let semaphore = Arc::clone(&self.semaphore);
        let permit = match self.permits {
            Permits::WaitedFor => semaphore.acquire_owned().await.ok(),
            Permits::Tried => semaphore.try_acquire_owned().ok(),
        };
        let Some(permit) = permit else {
            self.refused += 1;
            return;
        };
        tokio::spawn(async move {
            sleep(Duration::from_millis(1)).await; // the warehouse looks
            let _ = shop.send(ToShop::Reserved).await; // an error: the shop has stopped
            drop(permit);
        });
    }
}

/// Orders a hundred times. `None`: the shop never takes all the orders.
async fn order_from_a_shop_with(permits: Permits) -> Option<Shop> {
    let shop = Shop {
        permits,
        semaphore: Arc::new(Semaphore::new(2)),
        reserved: 0,
        refused: 0,
    };
    let (shop, running) = spawn(shop, 4);
    let orders = async {
        for _ in 0..100 {
            let order = ToShop::Order(shop.clone());
            shop.send(order).await.expect("the shop runs");
        }
    };
    timeout(AN_HOUR, orders).await.ok()?;
    drop(shop); // only the tasks still have an address

    timeout(AN_HOUR, running.ended()).await.ok()?.ok()
}

#[tokio::test(start_paused = true)]
async fn an_actor_that_waits_for_a_permit_of_its_own_tasks_waits_forever() {
    let shop = order_from_a_shop_with(Permits::WaitedFor).await;
    assert!(shop.is_none());
}

#[tokio::test(start_paused = true)]
async fn an_actor_that_refuses_where_there_is_no_permit_goes_on() {
    let shop = order_from_a_shop_with(Permits::Tried).await;
    let shop = shop.expect("it takes all the orders");
    assert!(shop.reserved >= 2);
    assert_eq!(shop.reserved + shop.refused, 100);
}
