//! Why `Flag::raise` swaps and does not store: a model of the flag's two operations, with loom's
//! atomics. (A `Flag` has to be made in a `static`, where loom's types can't be, so it is not the
//! library's own code that runs here.)
//!
//! Two threads each do something and then raise the flag of one task. The task ends when it sees both.
//! If it does not, the flag must be up again, or nobody will ever poll it.

use loom::sync::Arc;
use loom::sync::atomic::AtomicBool;
use loom::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use loom::thread;

fn two_threads_raise(raise: fn(&AtomicBool)) {
    loom::model(move || {
        let flag = Arc::new(AtomicBool::new(false));
        let done = [0, 1].map(|_| Arc::new(AtomicBool::new(false)));
        let mut threads = Vec::new();
        for done in &done {
            let (done, flag) = (Arc::clone(done), Arc::clone(&flag));
            threads.push(thread::spawn(move || {
                done.store(true, Relaxed);
                raise(&flag);
            }));
        }

        // What `run` does: it takes the flag, and polls if it was up.
        let mut has_ended = false;
        while !has_ended && flag.swap(false, Acquire) {
            has_ended = done.iter().all(|done| done.load(Relaxed));
        }
        for thread in threads {
            thread.join().expect("it does not panic");
        }
        assert!(has_ended || flag.load(Relaxed), "a lost wake-up");
    });
}

#[test]
#[should_panic(expected = "a lost wake-up")]
fn a_store_cuts_off_what_an_earlier_raise_has_published() {
    two_threads_raise(|flag| flag.store(true, Release));
}

#[test]
fn a_swap_keeps_it() {
    two_threads_raise(|flag| {
        flag.swap(true, Release);
    });
}
