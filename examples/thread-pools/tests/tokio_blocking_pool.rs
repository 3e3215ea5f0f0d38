//! What the chapter says of tokio's pool for blocking calls and does not show in a program.

use std::sync::mpsc;
use std::time::Duration;

use tokio::runtime::Builder;

#[test]
fn the_queue_has_no_limit() {
    let runtime = Builder::new_current_thread()
        .max_blocking_threads(1)
        .build()
        .expect("the system gives what a runtime needs");
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

    // The runtime is still there, its blocking thread no more: sooner than after the 10 seconds
    // that are the default.
    has_ended
        .recv_timeout(Duration::from_secs(5))
        .expect("the thread ends by itself");
    drop(runtime);
}
