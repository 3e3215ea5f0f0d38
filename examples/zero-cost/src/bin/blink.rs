//! Two tasks without a heap: a lamp that changes at each tick, and a button that ends that.

use std::cell::Cell;
use std::future::poll_fn;
use std::pin::pin;
use std::task::{Poll, Waker};

use allocation_counter::measure;
use zero_cost::{Flag, run};

static FLAGS: [Flag; 2] = [Flag::new(), Flag::new()];

/// Waits for the tick `at`. Until then, `waiting` has the waker.
async fn tick(at: usize, ticks: &Cell<usize>, waiting: &Cell<Option<Waker>>) {
    poll_fn(|context| {
        if ticks.get() >= at {
            return Poll::Ready(());
        }
        waiting.set(Some(context.waker().clone()));
        Poll::Pending
    })
    .await;
}

fn main() {
    let ticks = Cell::new(0);
    let (for_lamp, for_button) = (Cell::new(None), Cell::new(None));
    let is_pressed = Cell::new(false);
    let log = Cell::new(['-'; 8]); // an array, since a String would need the heap

    let used = measure(|| {
        let lamp = pin!(async {
            for at in 0..8 {
                tick(at, &ticks, &for_lamp).await;
                if is_pressed.get() {
                    break;
                }
                let mut lights = log.get();
                lights[at] = if at % 2 == 0 { '*' } else { '.' };
                log.set(lights);
            }
        });
        let button = pin!(async {
            tick(3, &ticks, &for_button).await;
            is_pressed.set(true);
        });
        run([lamp, button], &FLAGS, || {
            ticks.set(ticks.get() + 1); // what a timer's interrupt would do
            for waiting in [&for_lamp, &for_button] {
                if let Some(waker) = waiting.take() {
                    waker.wake();
                }
            }
        });
    });
    println!("{}", log.get().iter().collect::<String>());
    println!("allocations: {}", used.count_total);
}
