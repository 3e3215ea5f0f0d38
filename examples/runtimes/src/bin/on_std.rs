//! What std has: enough to run a future, and nothing to wait for.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use futures::channel::oneshot;
use futures::future::join;

/// Wakes a thread that is parked.
struct Unpark {
    thread: Thread,
    /// Whether it was woken. A future may park and unpark the thread for reasons of its own.
    is_woken: AtomicBool,
}

impl Wake for Unpark {
    fn wake(self: Arc<Unpark>) {
        self.is_woken.store(true, Ordering::Release);
        self.thread.unpark();
    }
}

fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let unpark = Arc::new(Unpark {
        thread: thread::current(),
        is_woken: AtomicBool::new(false),
    });
    let waker = Waker::from(Arc::clone(&unpark));
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return output;
        }
        while !unpark.is_woken.swap(false, Ordering::Acquire) {
            thread::park();
        }
    }
}

fn main() {
    let (send, receive) = oneshot::channel();
    // `join` polls the receiver first: the waker is in the channel before the thread begins.
    let sender = async { thread::spawn(move || send.send("from another thread")) };
    let (received, _thread) = block_on(join(receive, sender));
    println!("{received:?}");
}
