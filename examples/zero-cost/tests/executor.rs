//! The executor without a heap, on a computer.

use std::cell::Cell;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Mutex;
use std::task::{Poll, Waker};
use std::thread;

use zero_cost::{Flag, run};

#[test]
fn tasks_that_never_wait_run_in_their_order_and_once() {
    static FLAGS: [Flag; 3] = [Flag::new(), Flag::new(), Flag::new()];
    let log = Mutex::new(Vec::new());
    let task = |name| {
        let log = &log;
        async move { log.lock().expect("no panic").push(name) }
    };
    let (a, b, c) = (pin!(task("a")), pin!(task("b")), pin!(task("c")));
    run([a, b, c], &FLAGS, || panic!("there is nothing to wait for"));
    assert_eq!(log.into_inner().expect("no panic"), ["a", "b", "c"]);
}

#[test]
fn a_task_that_wakes_itself_gives_way_to_the_other() {
    static FLAGS: [Flag; 2] = [Flag::new(), Flag::new()];
    let log = Mutex::new(String::new());
    let task = |name| {
        let log = &log;
        async move {
            for _ in 0..2 {
                log.lock().expect("no panic").push(name);
                let mut has_waited = false;
                poll_fn(|context| {
                    context.waker().wake_by_ref();
                    match std::mem::replace(&mut has_waited, true) {
                        false => Poll::Pending,
                        true => Poll::Ready(()),
                    }
                })
                .await;
            }
        }
    };
    run([pin!(task('a')), pin!(task('b'))], &FLAGS, || {
        panic!("both are awake")
    });
    assert_eq!(log.into_inner().expect("no panic"), "abab");
}

#[test]
fn only_a_task_that_was_woken_is_polled() {
    static FLAGS: [Flag; 2] = [Flag::new(), Flag::new()];
    let (polls, idle) = (Cell::new([0, 0]), Cell::new(0));
    let task = |number: usize, of: u32| {
        let polls = &polls;
        poll_fn(move |_| {
            let mut count = polls.get();
            count[number] += 1;
            polls.set(count);
            if count[number] < of {
                Poll::Pending
            } else {
                Poll::Ready(())
            }
        })
    };
    run([pin!(task(0, 4)), pin!(task(1, 2))], &FLAGS, || {
        idle.set(idle.get() + 1);
        FLAGS[if idle.get() <= 3 { 0 } else { 1 }].raise();
    });
    assert_eq!(polls.get(), [4, 2]);
    assert_eq!(idle.get(), 4);
}

#[test]
fn another_thread_wakes_as_an_interrupt_would() {
    static FLAGS: [Flag; 1] = [Flag::new()];
    let mut other = None;
    let task = pin!(poll_fn(|context| match other {
        None => {
            let waker: Waker = context.waker().clone();
            other = Some(thread::spawn(move || waker.wake()));
            Poll::Pending
        }
        Some(_) => Poll::Ready(()),
    }));
    run([task], &FLAGS, thread::yield_now);
    let other = other.expect("the task has started it");
    other.join().expect("waking does not panic");
}

#[test]
fn wakers_of_one_flag_are_the_same() {
    static FLAGS: [Flag; 2] = [Flag::new(), Flag::new()];
    let waker = FLAGS[0].waker();
    assert!(waker.will_wake(&waker.clone()));
    assert!(!waker.will_wake(&FLAGS[1].waker()));
}

#[test]
fn a_task_that_has_ended_is_not_polled_again() {
    static FLAGS: [Flag; 2] = [Flag::new(), Flag::new()];
    let first = pin!(async {});
    let second = pin!(async {
        FLAGS[0].raise(); // too late: the first has ended
        let mut has_waited = false;
        poll_fn(|_| match std::mem::replace(&mut has_waited, true) {
            false => Poll::Pending,
            true => Poll::Ready(()),
        })
        .await;
    });
    run([first, second], &FLAGS, || {
        FLAGS.iter().for_each(Flag::raise)
    });
}

#[test]
fn flags_may_be_used_for_the_next_run() {
    static FLAGS: [Flag; 1] = [Flag::new()];
    for _ in 0..2 {
        run([pin!(async {})], &FLAGS, || {
            panic!("the task begins with a poll")
        });
    }
}
