//! Starts ten thousand threads that wait, and measures what they cost.

#[cfg(target_os = "linux")]
fn main() {
    use rustix::time::{ClockId, clock_gettime};
    use std::sync::{Arc, RwLock, mpsc};
    use std::thread::{self, Builder};
    use std::time::{Duration, Instant};

    // A debug build, which the tests of this book run, starts fewer.
    const WANTED: usize = if cfg!(debug_assertions) { 1000 } else { 10_000 };

    /// The number of KiB in the line `NAME: 1234 kB` of a file of the kernel.
    fn kib(file: &str, name: &str) -> f64 {
        let text = std::fs::read_to_string(file).expect("this kernel has this file in /proc");
        let line = text.lines().find_map(|line| line.strip_prefix(name));
        let number = line.and_then(|line| line.split_whitespace().next());
        number
            .and_then(|n| n.parse().ok())
            .expect("the line ends in 1234 kB")
    }
    let reserved = || kib("/proc/self/status", "VmSize:");
    let resident = || kib("/proc/self/smaps_rollup", "Rss:");
    let kernel = || kib("/proc/meminfo", "KernelStack:");
    let cpu_time = || clock_gettime(ClockId::ProcessCPUTime);

    let gate = Arc::new(RwLock::new(()));
    let closed = gate.write().expect("nobody panics with the lock");
    let (begun, all_begun) = mpsc::channel();
    let before = [reserved(), resident(), kernel()];
    let start = Instant::now();
    let mut threads = Vec::new();
    while threads.len() < WANTED {
        let (begun, gate) = (begun.clone(), Arc::clone(&gate));
        let wait = move || {
            begun.send(()).expect("main listens");
            drop(gate.read()); // blocks until main opens the gate
        };
        match Builder::new().spawn(wait) {
            Ok(thread) => threads.push(thread),
            Err(_) => break, // the kernel refuses to start more
        }
    }
    for _ in &threads {
        all_begun
            .recv()
            .expect("every thread says that it has begun");
    }
    let elapsed = start.elapsed().as_secs_f64();
    let after = [reserved(), resident(), kernel()];

    let before_idle = cpu_time();
    thread::sleep(Duration::from_millis(500));
    let idle = Duration::try_from(cpu_time() - before_idle).expect("time goes on");

    drop(closed);
    let started = threads.len();
    assert!(started > 0, "the kernel starts at least one thread");
    for thread in threads {
        thread.join().expect("no thread panics");
    }

    let [reserved, resident, kernel] = [0, 1, 2].map(|i| (after[i] - before[i]) / started as f64);
    assert!(reserved >= 2048.0 && resident < reserved / 4.0);
    println!("each reserves 2 MiB or more, and less than a quarter is resident");
    assert!(idle.as_millis() < 50);
    println!("in 500 ms, all together use less than 50 ms of a core");
    eprintln!("started: {started} threads");
    eprintln!("not started: {} threads", WANTED - started);
    eprintln!("reserved: {reserved:.1} KiB each");
    eprintln!("resident: {resident:.1} KiB each");
    eprintln!("kernel stack: {kernel:.1} KiB each");
    eprintln!("start: {:.1} us each", 1e6 * elapsed / started as f64);
    eprintln!(
        "CPU time in 500 ms: {:.1} ms in all",
        1e3 * idle.as_secs_f64()
    );
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("skipped: this program reads /proc, which Linux has");
}
