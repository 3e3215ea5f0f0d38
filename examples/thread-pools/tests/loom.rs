//! The queue, the handle and the pool, in the orders of their threads' steps that loom knows of.
//!
//! loom runs a model again and again, each time with another order of those steps. It fails if an
//! assertion fails in one of them, or if in one of them every thread waits: a lost wake-up shows as
//! `deadlock`. For this it needs locks, condition variables and threads of its own: `mod sync`
//! hands them to the files of `src/`, which are compiled here as they stand.
//!
//! An abort is a failure too: loom panics, and during that panic the destructor of a pool panics once
//! more. `--nocapture --test-threads 1` shows in which model.

use std::panic;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize as StdAtomicUsize, Ordering::Relaxed};

use loom::model::Builder;
use loom::sync::atomic::AtomicUsize;
use loom::thread;

use pool::ThreadPool;
use queue::Queue;

#[path = "../src/handle.rs"]
mod handle;
#[path = "../src/pool.rs"]
mod pool;
#[path = "../src/queue.rs"]
mod queue;

mod sync {
    pub(crate) use loom::sync::{Condvar, Mutex, MutexGuard};
    pub(crate) use loom::thread::{Builder, JoinHandle, current};
}

/// Runs `model` in every order that loom knows of.
///
/// In loom, `notify_one` wakes whoever has waited longest, and nobody wakes for no reason. For that
/// see `tests/spurious_wakeups.rs`.
fn every_order(model: impl Fn() + Send + Sync + 'static) {
    explore(&Builder::new(), model);
}

/// Runs `model` in every order in which at most `preemptions` times a thread that could go on has
/// to make way for another: for models that have too many orders to run them all.
fn every_order_with(preemptions: usize, model: impl Fn() + Send + Sync + 'static) {
    let mut builder = Builder::new();
    builder.preemption_bound = Some(preemptions);
    explore(&builder, model);
}

fn explore(builder: &Builder, model: impl Fn() + Send + Sync + 'static) {
    // Counts across the runs of the model, so loom must not know of it.
    let orders = Arc::new(StdAtomicUsize::new(0));
    builder.check({
        let orders = orders.clone();
        move || {
            model();
            orders.fetch_add(1, Relaxed);
        }
    });
    let orders = orders.load(Relaxed);
    assert!(
        orders > 1,
        "with a single order, loom has nothing to compare"
    );
    // `cargo test -p thread-pools --test loom -- --nocapture` shows the number.
    println!("loom ran {orders} orders");
}

#[test]
fn two_producers_and_one_consumer_lose_nothing() {
    every_order(|| {
        // One place, so each of the three may have to wait.
        let queue = Arc::new(Queue::new(1));
        let producers = [1, 2].map(|item| {
            let queue = queue.clone();
            thread::spawn(move || queue.push(item))
        });

        let popped = queue.pop().expect("it is open") + queue.pop().expect("it is open");
        assert_eq!(popped, 3);
        for producer in producers {
            producer.join().expect("a push does not panic");
        }
        assert_eq!(queue.len(), 0);
    });
}

#[test]
fn two_producers_and_two_consumers_lose_nothing() {
    every_order_with(2, || {
        let queue = Arc::new(Queue::new(1));
        let producer = {
            let queue = queue.clone();
            thread::spawn(move || {
                queue.push(1);
                queue.push(2);
            })
        };
        let consumers = [(); 2].map(|()| {
            let queue = queue.clone();
            thread::spawn(move || queue.pop().expect("it is open"))
        });
        queue.push(4);

        let popped: u32 = consumers
            .into_iter()
            .map(|consumer| consumer.join().expect("a pop does not panic"))
            .sum();
        producer.join().expect("a push does not panic");

        // Which two went first, nobody knows. The third is still there.
        let left = queue.pop().expect("it is open");
        assert_eq!(popped + left, 7);
    });
}

#[test]
fn two_items_wake_two_consumers() {
    every_order(|| {
        let queue = Arc::new(Queue::new(2));
        let consumers = [(); 2].map(|()| {
            let queue = queue.clone();
            thread::spawn(move || queue.pop().expect("it is open"))
        });
        // If both consumers sleep, each push has to wake one: it is not enough to wake one when
        // the queue was empty.
        queue.push(1);
        queue.push(2);
        let popped = consumers.map(|consumer| consumer.join().expect("a pop does not panic"));
        assert_eq!(popped.iter().sum::<u32>(), 3);
    });
}

#[test]
fn two_places_wake_two_producers() {
    every_order_with(2, || {
        let queue = Arc::new(Queue::new(2));
        queue.push(1);
        queue.push(2);
        let producers = [3, 4].map(|item| {
            let queue = queue.clone();
            thread::spawn(move || queue.push(item))
        });
        // If both producers sleep, each pop has to wake one: it is not enough to wake one when the
        // queue was full.
        assert_eq!(queue.pop(), Some(1));
        assert_eq!(queue.pop(), Some(2));
        for producer in producers {
            producer.join().expect("a push does not panic");
        }
        assert_eq!(queue.len(), 2);
    });
}

#[test]
fn a_full_queue_takes_no_more() {
    every_order(|| {
        let queue = Arc::new(Queue::new(1));
        queue.push(1);
        let producer = {
            let queue = queue.clone();
            thread::spawn(move || queue.push(2))
        };
        // The producer may have tried by now, or not.
        assert_eq!(queue.len(), 1);
        assert_eq!(queue.pop(), Some(1));
        producer.join().expect("a push does not panic");
        assert_eq!(queue.pop(), Some(2));
    });
}

#[test]
fn one_producer_stays_in_order() {
    every_order(|| {
        let queue = Arc::new(Queue::new(2));
        let producer = {
            let queue = queue.clone();
            thread::spawn(move || (1..=3).for_each(|item| queue.push(item)))
        };
        for item in 1..=3 {
            assert_eq!(queue.pop(), Some(item));
        }
        producer.join().expect("a push does not panic");
    });
}

#[test]
fn an_end_wakes_all_who_wait() {
    every_order(|| {
        let queue = Arc::new(Queue::<u32>::new(1));
        let consumers = [(); 2].map(|()| {
            let queue = queue.clone();
            thread::spawn(move || assert_eq!(queue.pop(), None))
        });
        queue.close();
        for consumer in consumers {
            consumer.join().expect("there was no item");
        }
    });
}

#[test]
fn what_was_pushed_before_the_end_is_popped_once() {
    every_order(|| {
        let queue = Arc::new(Queue::new(2));
        let consumers = [(); 2].map(|()| {
            let queue = queue.clone();
            thread::spawn(move || queue.pop())
        });
        queue.push(1);
        queue.close();

        let mut popped = consumers.map(|consumer| consumer.join().expect("no panic"));
        popped.sort();
        assert_eq!(popped, [None, Some(1)]);
    });
}

#[test]
fn a_place_that_is_reserved_is_filled_and_seen() {
    every_order(|| {
        let queue = Arc::new(Queue::new(1));
        let consumer = {
            let queue = queue.clone();
            thread::spawn(move || queue.pop())
        };
        // Another producer may be faster.
        let producer = {
            let queue = queue.clone();
            thread::spawn(move || match queue.try_reserve() {
                Some(place) => place.fill(1),
                None => queue.push(1),
            })
        };
        match queue.try_reserve() {
            Some(place) => place.fill(1),
            None => queue.push(1),
        }
        assert_eq!(consumer.join().expect("no panic"), Some(1));
        producer.join().expect("no panic");
        assert_eq!(queue.pop(), Some(1));
    });
}

#[test]
fn a_result_is_always_seen() {
    every_order(|| {
        let (promise, handle) = handle::slot();
        let written = Arc::new(AtomicUsize::new(0));
        let job = {
            let written = written.clone();
            thread::spawn(move || {
                written.store(42, Relaxed);
                promise.fulfill(Ok(7));
            })
        };
        assert_eq!(handle.join().expect("it is no panic"), 7);
        // `Relaxed` orders nothing: what the job wrote is seen because of the slot.
        assert_eq!(written.load(Relaxed), 42);
        job.join().expect("no panic");
    });
}

#[test]
fn a_result_is_not_leaked_whoever_goes_first() {
    every_order(|| {
        let result = Arc::new(());
        let (promise, handle) = handle::slot();
        let job = {
            let result = result.clone();
            thread::spawn(move || promise.fulfill(Ok(result)))
        };
        assert!(!handle.is_finished() || Arc::strong_count(&result) == 2);
        drop(handle);
        job.join().expect("no panic");
        assert_eq!(Arc::strong_count(&result), 1);
    });
}

#[test]
fn a_pool_runs_what_it_accepted_and_ends() {
    every_order(|| {
        let pool = ThreadPool::new(1, 1);
        let saved = Arc::new(AtomicUsize::new(0));
        for _ in 0..2 {
            let saved = saved.clone();
            pool.submit(move || saved.fetch_add(1, Relaxed));
        }
        pool.shutdown();
        // Again `Relaxed`: `shutdown` has seen to it.
        assert_eq!(saved.load(Relaxed), 2);
    });
}

#[test]
fn two_workers_share_the_jobs_and_end() {
    every_order_with(2, || {
        let pool = ThreadPool::new(2, 1);
        let first = pool.submit(|| 1);
        let second = pool.submit(|| 2);
        assert_eq!(second.join().expect("it does not panic"), 2);
        drop(pool);
        assert!(first.is_finished());
    });
}

#[test]
fn try_submit_runs_the_job_or_gives_it_back() {
    every_order(|| {
        let pool = ThreadPool::new(1, 1);
        pool.submit(|| ());
        let result = match pool.try_submit(|| 7) {
            Ok(job) => job.join().expect("it does not panic"),
            Err(job) => job(),
        };
        assert_eq!(result, 7);
    });
}

#[test]
fn a_panic_costs_no_worker() {
    every_order(|| {
        let pool = ThreadPool::new(1, 1);
        let broken = pool.submit(|| panic::resume_unwind(Box::new("broken")));
        let whole = pool.submit(|| 7);
        let payload = broken.join().expect_err("it panics");
        assert_eq!(payload.downcast_ref(), Some(&"broken"));
        assert_eq!(whole.join().expect("it does not panic"), 7);
    });
}

#[test]
fn whoever_drops_the_last_handle_of_a_pool_the_jobs_run() {
    let dropped_by_main = Arc::new(StdAtomicUsize::new(0));
    let dropped_by_the_job = Arc::new(StdAtomicUsize::new(0));
    every_order({
        let (by_main, by_the_job) = (dropped_by_main.clone(), dropped_by_the_job.clone());
        move || {
            let pool = Arc::new(ThreadPool::new(1, 1));
            let job = pool.submit({
                let (pool, by_the_job) = (pool.clone(), by_the_job.clone());
                move || {
                    if let Some(pool) = Arc::into_inner(pool) {
                        by_the_job.fetch_add(1, Relaxed);
                        pool.shutdown();
                    }
                }
            });
            if let Some(pool) = Arc::into_inner(pool) {
                by_main.fetch_add(1, Relaxed);
                pool.shutdown();
            }
            job.join().expect("it does not panic");
        }
    });
    // Both cases occurred.
    assert!(dropped_by_main.load(Relaxed) > 0);
    assert!(dropped_by_the_job.load(Relaxed) > 0);
}
