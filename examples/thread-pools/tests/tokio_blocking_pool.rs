//! What the chapter says of tokio's pool for blocking calls and does not show in a program.

use std::sync::mpsc;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};

/// A runtime with one thread for blocking calls.
fn one_blocking_thread() -> Runtime {
    Builder::new_current_thread()
        .max_blocking_threads(1)
        .build()
        .expect("the system gives what a runtime needs")
}

#[test]
fn a_queued_call_never_runs_if_the_runtime_ends_before_it_starts() {
    let runtime = one_blocking_thread();

    // The only thread is busy, so the second call waits in the queue.
    let (started, has_started) = mpsc::channel();
    let (go_on, may_go_on) = mpsc::channel::<()>();
    let first = runtime.spawn_blocking(move || {
        started.send(()).expect("the test waits for it");
        may_go_on.recv().expect("the test sends it");
    });
    has_started.recv().expect("the first call sends it");
    let second = runtime.spawn_blocking(|| ());

    // The runtime ends, without waiting for the first call, and then lets it go on.
    runtime.shutdown_background();
    go_on.send(()).expect("the first call waits for it");

    let other = one_blocking_thread();
    assert!(other.block_on(first).is_ok());
    let error = other.block_on(second).expect_err("it has not run");
    assert!(error.is_cancelled());
}

#[test]
fn the_queue_has_no_limit() {
    let runtime = one_blocking_thread();
    let (go_on, may_go_on) = mpsc::channel::<()>();
    runtime.spawn_blocking(move || may_go_on.recv());

    // With the only thread busy, ten thousand calls are accepted at once.
    let calls: Vec<_> = (0..10_000)
        .map(|n| runtime.spawn_blocking(move || n))
        .collect();
    go_on.send(()).expect("the first call waits for it");
    runtime.block_on(async {
        for (n, call) in calls.into_iter().enumerate() {
            assert_eq!(call.await.expect("no call panics"), n);
        }
    });
}

#[test]
fn an_idle_thread_ends_after_the_keep_alive() {
    let (ended, has_ended) = mpsc::channel();
    let runtime = Builder::new_current_thread()
        .thread_keep_alive(Duration::from_millis(1))
        .on_thread_stop(move || ended.send(()).expect("the test waits for it"))
        .build()
        .expect("the system gives what a runtime needs");

    runtime
        .block_on(runtime.spawn_blocking(|| ()))
        .expect("it does not panic");

    // The runtime is still there, its blocking thread no more.
    has_ended.recv().expect("the thread sends it");
    drop(runtime);
}
