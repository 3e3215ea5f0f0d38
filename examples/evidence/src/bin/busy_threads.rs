//! One, two, four and eight threads share 400 ms of one core: how often does the kernel take it
//! away from them?

#[cfg(target_os = "linux")]
fn main() -> nix::Result<()> {
    one_core()?; // the threads that main starts inherit this

    let mut last = 0;
    for threads in [1, 2, 4, 8] {
        last = involuntary_switches(threads)?;
        eprintln!("{threads} at once: {last} involuntary switches");
    }
    // No more than a check that switches were counted: beside other programs, one thread may have
    // as many.
    assert!(last >= LIMIT, "only {last} switches");
    println!("eight threads that compute: {LIMIT} involuntary switches or more");
    Ok(())
}

#[cfg(target_os = "linux")]
const LIMIT: std::ffi::c_long = 10;

/// The involuntary switches while so many threads compute, for 400 ms of the core together.
#[cfg(target_os = "linux")]
fn involuntary_switches(threads: u32) -> nix::Result<std::ffi::c_long> {
    use std::thread;

    use nix::sys::resource::{UsageWho, getrusage};
    use rustix::time::{ClockId, clock_gettime};

    let before = getrusage(UsageWho::RUSAGE_SELF)?;
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(move || {
                // This clock stands still while the thread does not run.
                let time = || clock_gettime(ClockId::ThreadCPUTime);
                let start = time();
                while (time() - start).tv_nsec < i64::from(400_000_000 / threads) {}
            });
        }
    });
    let after = getrusage(UsageWho::RUSAGE_SELF)?;
    Ok(after.involuntary_context_switches() - before.involuntary_context_switches())
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
