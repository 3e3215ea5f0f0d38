//! 100,000 stackless coroutines, all suspended at the same time, on one thread, with std only.

use std::cell::Cell;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

const SENSORS: usize = 100_000;

async fn suspend() {
    let mut resumed = false;
    poll_fn(|_| {
        if resumed {
            return Poll::Ready(());
        }
        resumed = true;
        Poll::Pending
    })
    .await;
}

async fn sensor(started: &Cell<usize>, finished: &Cell<usize>) {
    started.set(started.get() + 1);
    suspend().await; // in a program, the wait for a reading
    finished.set(finished.get() + 1);
}

fn main() {
    let (started, finished) = (Cell::new(0), Cell::new(0));
    let mut sensors: Vec<Pin<Box<_>>> = (0..SENSORS)
        .map(|_| Box::pin(sensor(&started, &finished)))
        .collect();

    let mut context = Context::from_waker(Waker::noop());
    while !sensors.is_empty() {
        sensors.retain_mut(|sensor| sensor.as_mut().poll(&mut context).is_pending());
        let suspended = sensors.len();
        let (started, finished) = (started.get(), finished.get());
        println!("{started} started, {suspended} suspended, {finished} finished");
    }
}
