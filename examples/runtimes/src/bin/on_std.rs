//! What std has: enough to run a future, and nothing to wait for.

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

/// Wakes a thread that is parked.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Unpark>) {
        self.0.unpark();
    }
}

fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    loop {
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(), // an earlier wake is not lost: it makes this return
        }
    }
}

fn main() {
    let (send, receive) = futures::channel::oneshot::channel();
    thread::spawn(move || send.send("from another thread"));
    println!("{:?}", block_on(receive));
}
