//! Two threads share a core and never block. The kernel takes it from them.

#[cfg(target_os = "linux")]
use std::{ffi::c_long, time::Duration};

#[cfg(target_os = "linux")]
fn main() -> nix::Result<()> {
    use std::hint;
    use std::thread;

    one_core()?; // the threads that main starts inherit this
    for (name, wait) in [
        ("spinning", hint::spin_loop as fn()),
        ("yielding", thread::yield_now),
    ] {
        let (involuntary, took) = take_turns(wait)?;
        eprintln!("{name}: {} us a turn", took.as_micros() / TURNS as u128);
        eprintln!("{name}: {involuntary} involuntary switches");
        assert!(involuntary >= LIMIT, "only {involuntary} switches");
        println!("{name}: {TURNS} turns, {LIMIT} involuntary switches or more");
    }
    Ok(())
}

#[cfg(target_os = "linux")]
const TURNS: c_long = 20;
#[cfg(target_os = "linux")]
const LIMIT: c_long = TURNS / 2;

/// Lets two threads take turns. Until its turn comes, each calls `wait` in a
/// loop. Returns the number of involuntary switches and how long it took.
#[cfg(target_os = "linux")]
fn take_turns(wait: fn()) -> nix::Result<(c_long, Duration)> {
    use std::sync::atomic::{AtomicIsize, Ordering};
    use std::thread;
    use std::time::Instant;

    use nix::sys::resource::{UsageWho, getrusage};

    let turn = AtomicIsize::new(0);
    let start = Instant::now();
    let before = getrusage(UsageWho::RUSAGE_SELF)?;
    thread::scope(|scope| {
        for first in [0, 1] {
            let turn = &turn;
            scope.spawn(move || {
                for mine in (first..TURNS as isize).step_by(2) {
                    while turn.load(Ordering::SeqCst) != mine {
                        wait();
                    }
                    turn.store(mine + 1, Ordering::SeqCst); // the other's turn
                }
            });
        }
    });
    let after = getrusage(UsageWho::RUSAGE_SELF)?;
    let [before, after] = [before, after].map(|usage| usage.involuntary_context_switches());
    Ok((after - before, start.elapsed()))
}

/// Binds this thread to one core, the first of those that it may run on.
#[cfg(target_os = "linux")]
fn one_core() -> nix::Result<()> {
    use nix::sched::{CpuSet, sched_getaffinity, sched_setaffinity};
    use nix::unistd::Pid;

    let this_thread = Pid::from_raw(0);
    let allowed = sched_getaffinity(this_thread)?;
    for core in 0..CpuSet::count() {
        if allowed.is_set(core)? {
            let mut one = CpuSet::new();
            one.set(core)?;
            return sched_setaffinity(this_thread, &one);
        }
    }
    unreachable!("a thread may run on some core");
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("skipped: this program binds its threads to a core in the way of Linux");
}
