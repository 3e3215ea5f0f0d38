//! Two tasks without a heap: a lamp that blinks at each tick, and a button that ends it.

use std::cell::Cell;
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use allocation_counter::measure;
use zero_cost::{Flag, run};

static FLAGS: [Flag; 2] = [Flag::new(), Flag::new()];

fn main() {
    let tick = Cell::new(0); // a timer's interrupt would count it up
    let log = Cell::new([' '; 8]);

    let used = measure(|| {
        let lamp = pin!(async {
            for at in 1..=5 {
                poll_fn(|_| {
                    if tick.get() < at {
                        Poll::Pending
                    } else {
                        Poll::Ready(())
                    }
                })
                .await;
                let mut text = log.get();
                text[at] = if at % 2 == 1 { '*' } else { '.' };
                log.set(text);
            }
        });
        let button = pin!(async {
            poll_fn(|_| {
                if tick.get() < 3 {
                    Poll::Pending
                } else {
                    Poll::Ready(())
                }
            })
            .await;
            let mut text = log.get();
            text[7] = '!';
            log.set(text);
        });
        run([lamp, button], &FLAGS, || {
            tick.set(tick.get() + 1); // what an interrupt handler would do
            FLAGS.iter().for_each(Flag::raise);
        });
    });
    println!("{}", log.get().iter().collect::<String>());
    println!("allocations: {}", used.count_total);
}
