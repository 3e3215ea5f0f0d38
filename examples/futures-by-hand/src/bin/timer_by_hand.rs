//! A timer from a thread, a lock and a waker, and how often a block of three is polled.

use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

#[derive(Default)]
struct Shared {
    is_over: bool,
    waker: Option<Waker>,
}

struct Timer {
    time: Duration,
    shared: Option<Arc<Mutex<Shared>>>,
}

impl Future for Timer {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let waker = context.waker().clone();
        let Some(shared) = &self.shared else {
            let waker = Some(waker);
            let is_over = false;
            let shared = Arc::new(Mutex::new(Shared { is_over, waker }));
            let (time, for_thread) = (self.time, Arc::clone(&shared));
            thread::spawn(move || {
                thread::sleep(time);
                let waker = {
                    let mut shared = for_thread.lock().expect("no poll panics");
                    shared.is_over = true;
                    shared.waker.take()
                }; // the lock is free again: a waker may run any code
                if let Some(waker) = waker {
                    waker.wake();
                }
            });
            self.shared = Some(shared);
            return Poll::Pending;
        };
        let mut shared = shared.lock().expect("the timer's thread does not panic");
        if shared.is_over {
            return Poll::Ready(());
        }
        shared.waker = Some(waker); // it may be another one than the last time
        Poll::Pending
    }
}

/// Wakes a thread, and counts how often.
struct CountingWaker {
    thread: Thread,
    wakes: AtomicU32,
}

impl Wake for CountingWaker {
    fn wake(self: Arc<Self>) {
        self.wakes.fetch_add(1, Ordering::SeqCst);
        self.thread.unpark();
    }
}

/// Polls to the end, once and then once for each wake; returns how often, and how often it was woken.
fn drive(mut future: Pin<&mut impl Future>) -> (u32, u32) {
    let (thread, wakes) = (thread::current(), AtomicU32::new(0));
    let counting = Arc::new(CountingWaker { thread, wakes });
    let waker = Waker::from(Arc::clone(&counting));
    let mut context = Context::from_waker(&waker);

    let mut polls = 1;
    while future.as_mut().poll(&mut context).is_pending() {
        // `park` may return for no reason: only a wake is a reason to poll.
        while counting.wakes.load(Ordering::SeqCst) < polls {
            thread::park();
        }
        polls += 1;
    }
    (polls, counting.wakes.load(Ordering::SeqCst))
}

fn main() {
    let start = Instant::now();
    let time = Duration::from_millis(20);
    let block = pin!(async {
        for _ in 0..3 {
            Timer { time, shared: None }.await;
        }
    });
    let (polls, wakes) = drive(block);
    println!("three timers: the block is polled {polls} times, woken {wakes} times");
    println!("at least 60 ms: {}", start.elapsed() >= 3 * time);

    // Another waker first, which does nothing: the timer has to forget it.
    let mut timer = pin!(Timer { time, shared: None });
    let mut elsewhere = Context::from_waker(Waker::noop());
    assert!(timer.as_mut().poll(&mut elsewhere).is_pending());
    drive(timer);
    println!("polled elsewhere first: it ends too");
}
