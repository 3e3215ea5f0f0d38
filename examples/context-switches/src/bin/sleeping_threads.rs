//! A thousand threads sleep while main works, and the kernel hardly ever switches.

#[cfg(target_os = "linux")]
fn main() -> Result<(), procfs::ProcError> {
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::thread;
    use std::time::{Duration, Instant};

    const THREADS: u64 = 1000;

    /// How many naps the threads have begun, and how often main has woken all.
    static NAPS: AtomicU64 = AtomicU64::new(0);
    static WOKEN: AtomicU64 = AtomicU64::new(0);

    let mut sleepers = Vec::new();
    for _ in 0..THREADS {
        let sleeper = thread::Builder::new().spawn(|| {
            for nap in 0..2 {
                NAPS.fetch_add(1, Ordering::SeqCst);
                while WOKEN.load(Ordering::SeqCst) <= nap {
                    thread::park();
                }
            }
        });
        sleepers.push(sleeper.expect("the kernel starts a thousand threads"));
    }
    let wake_all = || {
        WOKEN.fetch_add(1, Ordering::SeqCst);
        sleepers.iter().for_each(|s| s.thread().unpark());
    };
    let all_asleep = |naps_each| {
        while NAPS.load(Ordering::SeqCst) < naps_each * THREADS {
            thread::yield_now(); // others may have the core
        }
        switches_once_asleep()
    };

    let before = all_asleep(1)?;
    let start = Instant::now();
    while start.elapsed() < Duration::from_millis(100) {} // main works
    let after = all_asleep(1)?;
    let asleep = after - before;
    assert!(asleep <= THREADS / 100, "{asleep} switches");
    println!("{THREADS} threads asleep: 10 switches or fewer in 100 ms");

    wake_all();
    let woken = all_asleep(2)? - after;
    assert!(woken >= THREADS, "only {woken} switches");
    println!("each woken once: {THREADS} switches or more");

    wake_all();
    for sleeper in sleepers {
        sleeper.join().expect("a sleeper does not panic");
    }
    Ok(())
}

/// Waits until every thread but main sleeps, and until nothing changes any
/// more. Returns how often the kernel has switched away from them since they
/// started.
#[cfg(target_os = "linux")]
fn switches_once_asleep() -> Result<u64, procfs::ProcError> {
    let mut last = switches()?;
    loop {
        // A thread is marked as sleeping just before the switch is counted.
        let now = switches()?;
        if now == last {
            return Ok(now);
        }
        last = now;
    }
}

#[cfg(target_os = "linux")]
fn switches() -> Result<u64, procfs::ProcError> {
    use std::thread;

    use procfs::process::Process;

    let mut switches = 0;
    let process = Process::myself()?;
    for task in process.tasks()? {
        let task = task?; // Linux calls its threads tasks
        if task.tid == process.pid {
            continue; // the number of the main thread is that of the process
        }
        let status = loop {
            let status = task.status()?;
            if status.state.starts_with('S') {
                break status; // sleeping
            }
            thread::yield_now();
        };
        switches += status.voluntary_ctxt_switches.unwrap_or(0);
        switches += status.nonvoluntary_ctxt_switches.unwrap_or(0);
    }
    Ok(switches)
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("skipped: this program reads the counters of threads in /proc, which Linux has");
}
