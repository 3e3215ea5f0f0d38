//! The executor as its user sees it.

use std::future::{self, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::Duration;

use executor::{Executor, Spawner};

/// Gives the thread to whatever was woken before.
async fn give_way() {
    let mut has_given_way = false;
    poll_fn(move |context| {
        if has_given_way {
            return Poll::Ready(());
        }
        has_given_way = true;
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// Counts how often it is dropped.
struct Guest(Arc<AtomicU32>);

impl Drop for Guest {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

#[test]
fn a_future_runs_to_its_result() {
    let mut executor = Executor::new();
    assert_eq!(executor.block_on(async { 2 + 3 }), 5);
    // And the next one, on the same executor; it may borrow.
    let name = "north".to_owned();
    assert_eq!(executor.block_on(async { name.len() }), 5);
}

#[test]
fn tasks_run_in_the_order_in_which_they_were_woken() {
    let mut executor = Executor::new();
    let spawner = executor.spawner();
    let log = Arc::new(Mutex::new(Vec::new()));
    executor.block_on(async {
        let mut handles = Vec::new();
        for name in ["a", "b"] {
            let log = Arc::clone(&log);
            handles.push(spawner.spawn(async move {
                for step in 1..=2 {
                    log.lock().expect("no panic").push(format!("{name}{step}"));
                    give_way().await;
                }
            }));
        }
        for handle in handles {
            handle.await.expect("it does not panic");
        }
    });
    assert_eq!(*log.lock().expect("no panic"), ["a1", "b1", "a2", "b2"]);
}

#[test]
fn a_panic_ends_its_task_and_no_other() {
    let mut executor = Executor::new();
    let spawner = executor.spawner();
    executor.block_on(async {
        let cut = spawner.spawn(async {
            give_way().await;
            panic!("the cable is cut");
        });
        let whole = spawner.spawn(async { 7 });
        let payload = cut.await.expect_err("it panics");
        assert_eq!(payload.downcast_ref::<&str>(), Some(&"the cable is cut"));
        assert_eq!(whole.await.expect("it does not panic"), 7);
    });
}

#[test]
fn a_panic_of_the_root_future_leaves_the_executor_whole() {
    let mut executor = Executor::new();
    let root = async {
        give_way().await;
        panic!("the root")
    };
    let result: Result<(), _> = catch_unwind(AssertUnwindSafe(|| executor.block_on(root)));
    assert!(result.is_err());
    assert_eq!(executor.block_on(async { 1 }), 1);
}

#[test]
fn a_task_goes_on_without_its_handle() {
    let mut executor = Executor::new();
    let spawner = executor.spawner();
    let (send, receive) = mpsc::channel();
    drop(spawner.spawn(async move { send.send("done").expect("the test receives") }));
    executor.block_on(give_way());
    assert_eq!(receive.try_recv(), Ok("done"));
}

#[test]
fn tasks_that_are_left_go_on_in_the_next_call() {
    let mut executor = Executor::new();
    let handle = executor.spawner().spawn(async {
        give_way().await;
        give_way().await;
        3
    });
    executor.block_on(async {}); // no turn, or one, for the task
    assert_eq!(executor.block_on(handle).expect("it does not panic"), 3);
}

#[test]
fn two_wakes_before_a_turn_are_one_poll() {
    let mut executor = Executor::new();
    let spawner = executor.spawner();
    let polls = Arc::new(AtomicU32::new(0));
    let waker: Arc<Mutex<Option<Waker>>> = Arc::default();
    executor.block_on(async {
        let task = spawner.spawn({
            let (polls, waker) = (Arc::clone(&polls), Arc::clone(&waker));
            poll_fn(move |context| {
                *waker.lock().expect("no panic") = Some(context.waker().clone());
                match polls.fetch_add(1, Ordering::SeqCst) {
                    0 => Poll::Pending,
                    _ => Poll::Ready(()),
                }
            })
        });
        give_way().await; // its first poll
        let waker = waker
            .lock()
            .expect("no panic")
            .clone()
            .expect("it was polled");
        waker.wake_by_ref();
        waker.wake_by_ref();
        task.await.expect("it does not panic");
        waker.wake(); // it has ended: nothing happens
        give_way().await;
    });
    assert_eq!(polls.load(Ordering::SeqCst), 2);
}

#[test]
fn another_thread_wakes_and_spawns() {
    let mut executor = Executor::new();
    let spawner = executor.spawner();
    let (send, receive) = tokio::sync::oneshot::channel();
    let other = thread::spawn(move || {
        let handle = spawner.spawn(async { 20 });
        send.send(handle).expect("the root waits");
    });
    let sum = executor.block_on(async {
        let handle = receive.await.expect("the thread sends");
        handle.await.expect("it does not panic") + 1
    });
    other.join().expect("it does not panic");
    assert_eq!(sum, 21);
}

#[test]
fn a_handle_may_be_awaited_on_another_executor() {
    let mut first = Executor::new();
    let handle = first.spawner().spawn(async { 4 });
    let other = thread::spawn(move || Executor::new().block_on(handle).expect("no panic"));
    // Tasks run only here, and the other executor waits until they have.
    while !other.is_finished() {
        first.block_on(give_way());
    }
    assert_eq!(other.join().expect("it does not panic"), 4);
}

#[test]
fn dropping_the_executor_drops_its_tasks() {
    let dropped = Arc::new(AtomicU32::new(0));
    let mut executor = Executor::new();
    let spawner = executor.spawner();

    // One that waits for nothing, one that has its turn still before it.
    let guest = Guest(Arc::clone(&dropped));
    drop(spawner.spawn(async move {
        let _guest = guest;
        future::pending::<()>().await;
    }));
    executor.block_on(give_way());
    assert_eq!(
        dropped.load(Ordering::SeqCst),
        1,
        "nothing can wake it, so nothing keeps it"
    );
    let guest = Guest(Arc::clone(&dropped));
    drop(spawner.spawn(async move { drop(guest) }));
    drop(executor);
    assert_eq!(dropped.load(Ordering::SeqCst), 2);

    // What comes too late is dropped at once.
    let guest = Guest(Arc::clone(&dropped));
    drop(spawner.spawn(async move { drop(guest) }));
    assert_eq!(dropped.load(Ordering::SeqCst), 3);
}

#[test]
fn a_hundred_thousand_tasks_end() {
    let mut executor = Executor::new();
    let spawner = executor.spawner();
    let sum: u64 = executor.block_on(async {
        let tasks: Vec<_> = (0..100_000_u64)
            .map(|number| {
                spawner.spawn(async move {
                    give_way().await;
                    number
                })
            })
            .collect();
        let mut sum = 0;
        for task in tasks {
            sum += task.await.expect("it does not panic");
        }
        sum
    });
    assert_eq!(sum, 4_999_950_000);
}

#[test]
fn a_task_that_awaits_another_is_dropped_with_the_executor() {
    let dropped = Arc::new(AtomicU32::new(0));
    let mut executor = Executor::new();
    let spawner = executor.spawner();
    let endless = spawner.spawn(async {
        loop {
            give_way().await;
        }
    });
    let guest = Guest(Arc::clone(&dropped));
    drop(spawner.spawn(async move {
        let _guest = guest;
        let _: Result<(), _> = endless.await;
    }));
    executor.block_on(give_way());
    drop(executor);
    assert_eq!(dropped.load(Ordering::SeqCst), 1);
}

#[test]
fn the_handle_of_a_task_that_is_dropped_says_so() {
    let executor = Executor::new();
    let handle = executor.spawner().spawn(future::pending::<()>());
    drop(executor);
    let mut context = Context::from_waker(Waker::noop());
    let Poll::Ready(Err(payload)) = pin!(handle).poll(&mut context) else {
        panic!("the handle still waits, or has a result");
    };
    assert_eq!(
        payload.downcast_ref::<&str>(),
        Some(&"the task was dropped before its end")
    );
}

/// Counts how often it is woken.
#[derive(Default)]
struct Bell(AtomicU32);

impl Wake for Bell {
    fn wake(self: Arc<Bell>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

#[test]
fn the_handle_wakes_whoever_polled_it_last() {
    let mut executor = Executor::new();
    let mut handle = pin!(executor.spawner().spawn(async { 1 }));
    let (first, last) = (Arc::new(Bell::default()), Arc::new(Bell::default()));
    for bell in [&first, &last] {
        let waker = Waker::from(Arc::clone(bell));
        let poll = handle.as_mut().poll(&mut Context::from_waker(&waker));
        assert!(poll.is_pending());
    }
    executor.block_on(give_way());
    assert_eq!(first.0.load(Ordering::SeqCst), 0);
    assert_eq!(last.0.load(Ordering::SeqCst), 1);
}

#[test]
#[should_panic(expected = "after it was ready")]
fn a_handle_is_ready_once() {
    let mut executor = Executor::new();
    let mut handle = executor.spawner().spawn(async { 1 });
    let result = executor.block_on(&mut handle);
    assert_eq!(result.expect("it does not panic"), 1);
    let _ = pin!(handle).poll(&mut Context::from_waker(Waker::noop()));
}

#[test]
fn many_wakes_of_the_root_are_one_poll() {
    let mut executor = Executor::new();
    let mut task = executor.spawner().spawn(async {
        for _ in 0..10 {
            give_way().await;
        }
    });
    let mut polls = 0;
    executor.block_on(poll_fn(|context| {
        polls += 1;
        if polls == 1 {
            for _ in 0..5 {
                context.waker().wake_by_ref();
            }
        }
        Pin::new(&mut task).poll(context).map(drop)
    }));
    assert_eq!(
        polls, 3,
        "the first, one for five wakes, one for the end of the task"
    );
}

/// Spawns when it is dropped.
struct LastWish(Spawner);

impl Drop for LastWish {
    fn drop(&mut self) {
        drop(self.0.spawn(async {}));
    }
}

#[test]
fn a_destructor_may_spawn_on_an_executor_that_ends() {
    let executor = Executor::new();
    let spawner = executor.spawner();
    let (send, done) = mpsc::channel();
    thread::spawn(move || {
        let wish = LastWish(spawner.clone());
        drop(spawner.spawn(async move { drop(wish) }));
        drop(executor); // drops what is queued
        let wish = LastWish(spawner.clone());
        drop(spawner.spawn(async move { drop(wish) })); // dropped at once
        send.send(()).expect("the test receives");
    });
    done.recv_timeout(Duration::from_secs(10))
        .expect("it does not wait for a lock of its own");
}

/// Panics when it is dropped.
struct Grudge;

impl Drop for Grudge {
    fn drop(&mut self) {
        panic!("a destructor panics");
    }
}

#[test]
fn a_task_whose_destructor_panics_is_not_polled_again() {
    let mut executor = Executor::new();
    let grudge = Grudge;
    drop(executor.spawner().spawn(poll_fn(move |context| {
        let _grudge = &grudge;
        context.waker().wake_by_ref();
        Poll::Ready(())
    })));
    let first = catch_unwind(AssertUnwindSafe(|| executor.block_on(give_way())));
    assert!(first.is_err(), "the destructor's panic comes out");
    executor.block_on(give_way());
}
