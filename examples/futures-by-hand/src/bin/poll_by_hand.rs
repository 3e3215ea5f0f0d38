//! Polls an async block without any runtime.

use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

/// Is not ready when it is polled for the first time, and ready then.
struct SecondTime {
    polled: bool,
}

impl Future for SecondTime {
    type Output = &'static str;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if self.polled {
            return Poll::Ready("now");
        }
        self.polled = true;
        context.waker().wake_by_ref(); // poll me again
        Poll::Pending
    }
}

fn main() {
    let mut report = pin!(async {
        println!("  the block begins");
        let when = SecondTime { polled: false }.await;
        println!("  the block goes on: {when}");
        42
    });

    let mut context = Context::from_waker(Waker::noop()); // a waker that does nothing
    for number in 1..=2 {
        println!("poll {number}");
        let poll = report.as_mut().poll(&mut context);
        println!("gives {poll:?}");
    }
}
