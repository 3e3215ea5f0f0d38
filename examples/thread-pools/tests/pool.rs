//! The pool as its user sees it: each test a story of its own.
//!
//! Nothing here sleeps. Where a test needs a worker to be busy, it gives it a job that waits for a
//! channel. Most mistakes in a pool make somebody wait forever, so each story has a limit of time.

use std::cell::Cell;
use std::collections::HashSet;
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Barrier, Mutex, OnceLock};
use std::thread::{self, ThreadId};
use std::time::Duration;

use thread_pools::{JobHandle, ThreadPool};

/// Runs what a test tells, on a thread of its own, and fails if that has not ended after a while.
fn story(tell: impl FnOnce() + Send + 'static) {
    let (ended, has_ended) = mpsc::channel::<()>();
    let teller = thread::spawn(move || {
        // Dropped at the end, or in a panic, when all that the story owns is gone.
        let _ended = ended;
        tell();
    });
    let end = has_ended.recv_timeout(Duration::from_secs(20));
    assert_ne!(
        end,
        Err(RecvTimeoutError::Timeout),
        "somebody waits forever"
    );
    if let Err(panic) = teller.join() {
        panic::resume_unwind(panic);
    }
}

/// Keeps one worker busy until the sender sends or is dropped. Returns when the worker has begun.
fn keep_a_worker(pool: &ThreadPool) -> Sender<()> {
    let (started, has_started) = mpsc::channel();
    let (go_on, may_go_on) = mpsc::channel();
    pool.submit(move || {
        started.send(()).expect("the test waits for it");
        // An error means that the sender is gone, which ends the wait too.
        let _gone = may_go_on.recv();
    });
    has_started.recv().expect("the job sends it");
    go_on
}

/// Tells which thread drops it.
struct Telltale(Sender<ThreadId>);

impl Drop for Telltale {
    fn drop(&mut self) {
        self.0
            .send(thread::current().id())
            .expect("the test waits for it");
    }
}

/// Panics when it is dropped.
struct Grumpy;

impl Drop for Grumpy {
    fn drop(&mut self) {
        panic::panic_any(Grumpier);
    }
}

/// What a `Grumpy` panics with: a payload that panics when *it* is dropped.
struct Grumpier;

impl Drop for Grumpier {
    fn drop(&mut self) {
        panic!("not even this can be dropped");
    }
}

#[test]
fn a_result_comes_back_by_its_handle() {
    story(|| {
        let pool = ThreadPool::new(2, 4);

        // Later jobs may be asked first.
        let three = pool.submit(|| 3);
        let seven = pool.submit(|| String::from("seven"));
        assert_eq!(seven.join().expect("it does not panic"), "seven");
        assert_eq!(three.join().expect("it does not panic"), 3);
    });
}

#[test]
fn a_result_waits_for_whoever_asks_late() {
    story(|| {
        let pool = ThreadPool::new(1, 4);

        // One worker runs jobs in order: when the second is done, so is the first.
        let first = pool.submit(|| 1);
        let second = pool.submit(|| 2);
        assert_eq!(second.join().expect("it does not panic"), 2);
        assert!(first.is_finished());

        // Even after the end of the pool.
        pool.shutdown();
        assert_eq!(first.join().expect("it does not panic"), 1);
    });
}

#[test]
fn a_job_that_waits_in_the_queue_is_not_finished() {
    story(|| {
        let pool = ThreadPool::new(1, 4);
        let busy = keep_a_worker(&pool);

        let waiting = pool.submit(|| ());
        assert!(!waiting.is_finished());

        drop(busy);
        waiting.join().expect("it does not panic");
    });
}

#[test]
fn jobs_run_on_the_workers_and_nowhere_else() {
    story(|| {
        let pool = ThreadPool::new(3, 4);
        let three = Arc::new(Barrier::new(3));

        // Each job meets two others, so all three workers are used.
        let jobs: Vec<_> = (0..30)
            .map(|_| {
                let three = Arc::clone(&three);
                pool.submit(move || {
                    three.wait();
                    thread::current().id()
                })
            })
            .collect();
        let ids: HashSet<ThreadId> = jobs
            .into_iter()
            .map(|job| job.join().expect("no job panics"))
            .collect();

        assert_eq!(ids.len(), 3);
        assert!(!ids.contains(&thread::current().id()));
    });
}

#[test]
fn workers_have_names() {
    story(|| {
        let pool = ThreadPool::new(1, 1);
        let name = pool.submit(|| thread::current().name().map(str::to_owned));
        assert_eq!(
            name.join().expect("it does not panic").as_deref(),
            Some("worker-0")
        );
    });
}

#[test]
fn one_worker_runs_jobs_in_the_order_in_which_they_came() {
    story(|| {
        let pool = ThreadPool::new(1, 2);
        let order = Arc::new(Mutex::new(Vec::new()));

        for n in 0..10 {
            let order = Arc::clone(&order);
            pool.submit(move || order.lock().expect("no job panics").push(n));
        }
        pool.shutdown();

        let order = order.lock().expect("no job panics");
        assert_eq!(*order, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    });
}

#[test]
fn a_full_queue_gives_the_job_back() {
    story(|| {
        let pool = ThreadPool::new(1, 2);
        let busy = keep_a_worker(&pool);

        // Two places, and they are taken.
        let first = pool.try_submit(|| 1).map_err(drop).expect("a free place");
        let second = pool.try_submit(|| 2).map_err(drop).expect("a free place");
        assert_eq!(pool.queued(), 2);

        // The third job is unharmed.
        let third = pool.try_submit(|| 3).expect_err("the queue is full");
        assert_eq!(third(), 3);

        // With the worker free, the two that were accepted run.
        drop(busy);
        assert_eq!(first.join().expect("it does not panic"), 1);
        assert_eq!(second.join().expect("it does not panic"), 2);
    });
}

#[test]
fn submit_waits_while_the_queue_is_full() {
    story(|| {
        let pool = ThreadPool::new(1, 1);
        let busy = keep_a_worker(&pool);
        let events = Mutex::new(Vec::new());
        let note = |event| events.lock().expect("no test step panics").push(event);

        // The only place is taken.
        pool.submit(|| ());

        let about_to_submit = Barrier::new(2);
        thread::scope(|scope| {
            scope.spawn(|| {
                about_to_submit.wait();
                pool.submit(|| ());
                note("accepted");
            });

            // Note first, release then: only the full queue orders the two notes.
            about_to_submit.wait();
            note("room");
            drop(busy);
        });

        assert_eq!(
            events.into_inner().expect("no test step panics"),
            ["room", "accepted"]
        );
    });
}

#[test]
fn a_panic_reaches_the_handle_and_costs_no_worker() {
    story(|| {
        let pool = ThreadPool::new(1, 8);

        let before = pool.submit(|| thread::current().id());
        let picture = 2;
        let broken = pool.submit(move || -> u32 { panic!("picture {picture} is broken") });
        let after = pool.submit(|| thread::current().id());

        // The handle has what the job panicked with.
        let payload = broken.join().expect_err("the job panics");
        assert_eq!(
            payload.downcast_ref::<String>().map(String::as_str),
            Some("picture 2 is broken")
        );

        // The next job ran on the very same thread.
        assert_eq!(
            before.join().expect("it does not panic"),
            after.join().expect("it does not panic")
        );
    });
}

#[test]
fn a_thousand_panics_cost_no_worker() {
    story(|| {
        let pool = ThreadPool::new(2, 8);
        for _ in 0..1_000 {
            // Not `panic!`: that would print a thousand messages.
            pool.submit(|| panic::resume_unwind(Box::new(())));
        }
        assert_eq!(pool.submit(|| 1).join().expect("it does not panic"), 1);
    });
}

#[test]
fn a_panic_can_be_passed_on() {
    story(|| {
        let pool = ThreadPool::new(1, 1);
        let broken = pool.submit(|| panic!("broken"));

        let passed_on = catch_unwind(AssertUnwindSafe(|| {
            broken
                .join()
                .unwrap_or_else(|payload| panic::resume_unwind(payload))
        }));
        let payload = passed_on.expect_err("it was passed on");
        assert_eq!(payload.downcast_ref(), Some(&"broken"));
    });
}

#[test]
fn a_result_that_nobody_wants_may_panic_when_it_is_dropped() {
    story(|| {
        let pool = ThreadPool::new(1, 4);
        let busy = keep_a_worker(&pool);

        // The handle is gone before the job runs, so the worker drops the result.
        drop(pool.submit(|| Grumpy));
        drop(busy);

        // The worker is still there.
        assert_eq!(pool.submit(|| 1).join().expect("it does not panic"), 1);
    });
}

#[test]
fn a_panic_that_nobody_wants_may_panic_when_it_is_dropped() {
    story(|| {
        let pool = ThreadPool::new(1, 4);
        let busy = keep_a_worker(&pool);

        drop(pool.submit(|| panic::panic_any(Grumpy)));
        drop(busy);

        assert_eq!(pool.submit(|| 1).join().expect("it does not panic"), 1);
    });
}

#[test]
fn what_a_job_captured_may_panic_when_it_is_dropped() {
    story(|| {
        let pool = ThreadPool::new(1, 4);

        // The destructor runs at the end of the job, and counts as the job's panic.
        let grumpy = Grumpy;
        let job = pool.submit(move || {
            let _grumpy = grumpy;
        });
        let payload = job.join().expect_err("the destructor panics");
        assert!(payload.is::<Grumpier>());
        std::mem::forget(payload);

        assert_eq!(pool.submit(|| 1).join().expect("it does not panic"), 1);
    });
}

#[test]
fn what_a_job_captured_is_gone_when_its_handle_is_joined() {
    story(|| {
        let pool = ThreadPool::new(1, 1);

        let picture = Arc::new(());
        let job = pool.submit({
            let picture = Arc::clone(&picture);
            move || drop(picture)
        });
        job.join().expect("it does not panic");
        assert_eq!(Arc::strong_count(&picture), 1);
    });
}

#[test]
fn whoever_comes_last_drops_the_result() {
    story(|| {
        let pool = ThreadPool::new(1, 4);
        let (dropped, is_dropped) = mpsc::channel();
        let here = thread::current().id();

        // The job comes last: its worker drops the result.
        let busy = keep_a_worker(&pool);
        let telltale = Telltale(dropped.clone());
        drop(pool.submit(move || telltale));
        drop(busy);
        assert_ne!(is_dropped.recv().expect("it is dropped"), here);

        // The handle comes last: one worker runs jobs in order, so with the second job, it has done
        // all that it does for the first.
        let telltale = Telltale(dropped);
        let first = pool.submit(move || telltale);
        pool.submit(|| ()).join().expect("it does not panic");
        drop(first);
        assert_eq!(is_dropped.recv().expect("it is dropped"), here);
    });
}

#[test]
fn what_a_job_leaves_in_its_thread_the_next_one_finds() {
    thread_local! {
        static USER: Cell<u32> = const { Cell::new(0) };
    }

    story(|| {
        let pool = ThreadPool::new(1, 1);
        pool.submit(|| USER.set(7));
        let found = pool.submit(|| USER.get());
        assert_eq!(found.join().expect("it does not panic"), 7);
    });
}

#[test]
fn shutdown_finishes_what_was_accepted() {
    story(|| {
        let pool = ThreadPool::new(2, 64);
        let saved = Arc::new(AtomicUsize::new(0));

        // Both workers are busy, so all fifty wait in the queue.
        let busy = [keep_a_worker(&pool), keep_a_worker(&pool)];
        for _ in 0..50 {
            let saved = Arc::clone(&saved);
            pool.submit(move || saved.fetch_add(1, Ordering::Relaxed));
        }
        assert_eq!(pool.queued(), 50);

        // `Relaxed` orders nothing: that this thread sees all fifty is the work of `shutdown`.
        drop(busy);
        pool.shutdown();
        assert_eq!(saved.load(Ordering::Relaxed), 50);
        assert_eq!(Arc::strong_count(&saved), 1);
    });
}

#[test]
fn dropping_the_pool_waits_too_even_in_a_panic() {
    story(|| {
        let saved = Arc::new(AtomicUsize::new(0));

        let panicked = catch_unwind(AssertUnwindSafe(|| {
            let pool = ThreadPool::new(1, 8);
            for _ in 0..5 {
                let saved = Arc::clone(&saved);
                pool.submit(move || saved.fetch_add(1, Ordering::Relaxed));
            }
            panic::resume_unwind(Box::new(()));
        }));

        assert!(panicked.is_err());
        assert_eq!(saved.load(Ordering::Relaxed), 5);
    });
}

#[test]
fn an_idle_pool_ends() {
    story(|| {
        ThreadPool::new(4, 4).shutdown();
    });
}

#[test]
fn a_job_may_submit_a_job() {
    story(|| {
        let pool = Arc::new(ThreadPool::new(1, 1));

        // The outer job hands the inner one's handle on, and does not wait for it.
        let outer: JobHandle<JobHandle<u32>> = pool.submit({
            let pool = Arc::clone(&pool);
            move || pool.submit(|| 7)
        });
        let inner = outer.join().expect("it does not panic");
        assert_eq!(inner.join().expect("it does not panic"), 7);
    });
}

#[test]
fn jobs_that_try_to_submit_end_even_if_the_queue_is_full() {
    story(|| {
        let pool = Arc::new(ThreadPool::new(2, 8));
        let all_submitted = Arc::new(Barrier::new(3));

        // Two albums run, and eight fill the queue: no picture finds room as long as both run.
        let albums: Vec<_> = (0..10)
            .map(|album| {
                let (same_pool, all_submitted) = (Arc::clone(&pool), Arc::clone(&all_submitted));
                pool.submit(move || {
                    if album < 2 {
                        all_submitted.wait();
                    }
                    same_pool.try_submit(|| "a picture")
                })
            })
            .collect();
        assert_eq!(pool.queued(), 8);
        all_submitted.wait();

        let mut came_back = 0;
        for album in albums {
            let picture = match album.join().expect("no album panics") {
                Ok(picture) => picture.join().expect("no picture panics"),
                Err(picture) => {
                    came_back += 1;
                    picture()
                }
            };
            assert_eq!(picture, "a picture");
        }
        assert!(came_back > 0);
    });
}

#[test]
fn a_worker_may_drop_its_own_pool() {
    story(|| {
        let pool = Arc::new(ThreadPool::new(1, 8));
        let (have_it, may_drop) = mpsc::channel::<()>();

        // The job owns the pool, and drops it when this thread has let go.
        let last_owner = pool.submit({
            let pool = Arc::clone(&pool);
            move || {
                let _gone = may_drop.recv();
                let pool = Arc::into_inner(pool).expect("this job is the last owner");
                pool.shutdown();
                "not waiting for myself"
            }
        });
        let accepted = pool.submit(|| "still run");
        drop(pool);
        drop(have_it);

        assert_eq!(
            last_owner.join().expect("it does not panic"),
            "not waiting for myself"
        );
        // What was accepted before the end still runs.
        assert_eq!(accepted.join().expect("it does not panic"), "still run");
    });
}

#[test]
fn a_worker_that_drops_its_own_pool_does_not_wait_for_the_others() {
    story(|| {
        let pool = Arc::new(ThreadPool::new(2, 8));
        let (have_it, may_drop) = mpsc::channel::<()>();

        let last_owner = pool.submit({
            let pool = Arc::clone(&pool);
            move || {
                let _gone = may_drop.recv();
                drop(Arc::into_inner(pool).expect("this job is the last owner"));
                1
            }
        });
        // The other worker waits for the job that drops the pool: a wait in return would never end.
        let waiter = pool.submit(move || last_owner.join().expect("it does not panic"));
        drop(pool);
        drop(have_it);

        assert_eq!(waiter.join().expect("it does not panic"), 1);
    });
}

#[test]
fn a_result_may_be_the_last_owner_of_its_pool() {
    story(|| {
        let pool = Arc::new(ThreadPool::new(1, 8));
        let busy = keep_a_worker(&pool);
        let (after, is_after) = mpsc::channel();

        // Nobody takes the result, so the worker drops it, and the pool with it.
        drop(pool.submit({
            let pool = Arc::clone(&pool);
            move || pool
        }));
        pool.submit(move || after.send(()));
        drop(pool);
        drop(busy);

        is_after.recv().expect("the job behind it still runs");
    });
}

#[test]
fn a_worker_of_one_pool_waits_for_the_end_of_another() {
    story(|| {
        let outer = ThreadPool::new(1, 1);

        let saved = outer.submit(|| {
            let inner = ThreadPool::new(1, 4);
            let saved = Arc::new(OnceLock::new());
            inner.submit({
                let saved = Arc::clone(&saved);
                move || saved.set("saved")
            });
            inner.shutdown();
            saved.get().copied()
        });
        assert_eq!(saved.join().expect("it does not panic"), Some("saved"));
    });
}

#[test]
fn many_submit_at_once() {
    story(|| {
        let pool = ThreadPool::new(3, 2);
        let sum = Arc::new(AtomicUsize::new(0));

        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for n in 0..250 {
                        let sum = Arc::clone(&sum);
                        pool.submit(move || sum.fetch_add(n, Ordering::Relaxed));
                    }
                });
            }
        });
        pool.shutdown();

        assert_eq!(sum.load(Ordering::Relaxed), 4 * (0..250).sum::<usize>());
    });
}

#[test]
fn a_pool_needs_a_worker_and_a_place() {
    assert!(catch_unwind(|| ThreadPool::new(0, 1)).is_err());
    assert!(catch_unwind(|| ThreadPool::new(1, 0)).is_err());
}

#[test]
fn pool_and_handle_may_cross_threads_and_be_shared() {
    fn assert_send_and_sync<T: Send + Sync>() {}

    assert_send_and_sync::<ThreadPool>();
    // Even where the result is only `Send`.
    assert_send_and_sync::<JobHandle<Cell<u32>>>();
}

#[test]
fn they_can_be_printed() {
    story(|| {
        let pool = ThreadPool::new(2, 4);
        assert_eq!(
            format!("{pool:?}"),
            "ThreadPool { workers: 2, queued: 0, .. }"
        );
        assert_eq!(format!("{:?}", pool.submit(|| ())), "JobHandle { .. }");
    });
}
