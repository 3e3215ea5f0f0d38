//! The same function twice: as an `async fn`, and as the state machine that it stands for.

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use tokio::sync::mpsc::{self, Receiver};

async fn sum_of_two(mut numbers: Receiver<u32>) -> u32 {
    let first = numbers.recv().await.expect("two numbers come");
    let second = numbers.recv().await.expect("two numbers come");
    first + second
}

/// What the function must remember while it waits.
struct SumOfTwo {
    numbers: Receiver<u32>,
    state: State,
}

/// Where it waits, and what it remembers there only.
enum State {
    ForFirst,
    ForSecond { first: u32 },
    Done,
}

impl Future for SumOfTwo {
    type Output = u32;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<u32> {
        loop {
            if let State::Done = self.state {
                panic!("polled after it was ready");
            }
            let Poll::Ready(number) = self.numbers.poll_recv(context) else {
                return Poll::Pending;
            };
            let number = number.expect("two numbers come");
            match self.state {
                State::ForFirst => self.state = State::ForSecond { first: number },
                State::ForSecond { first } => {
                    self.state = State::Done;
                    return Poll::Ready(first + number);
                }
                State::Done => unreachable!("the panic above"),
            }
        }
    }
}

/// Polls, sends 20, polls, sends 22, polls.
fn polls(make: impl FnOnce(Receiver<u32>) -> Pin<Box<dyn Future<Output = u32>>>) -> String {
    let (sender, numbers) = mpsc::channel(1);
    let mut future = make(numbers);
    let mut context = Context::from_waker(Waker::noop());
    let mut polls = vec![future.as_mut().poll(&mut context)];
    for number in [20, 22] {
        sender.try_send(number).expect("there is room");
        polls.push(future.as_mut().poll(&mut context));
    }
    format!("{polls:?}")
}

fn main() {
    println!(
        "async fn: {}",
        polls(|numbers| Box::pin(sum_of_two(numbers)))
    );
    let by_hand = |numbers| SumOfTwo {
        numbers,
        state: State::ForFirst,
    };
    println!("by hand:  {}", polls(|numbers| Box::pin(by_hand(numbers))));
}
