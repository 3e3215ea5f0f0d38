//! Starts ten thousand threads that wait, and measures what they cost.

#[cfg(target_os = "linux")]
fn main() -> std::io::Result<()> {
    use rustix::time::{ClockId, clock_gettime};
    use std::sync::{Arc, RwLock, mpsc};
    use std::thread::{self, Builder};
    use std::time::{Duration, Instant};

    // A debug build, which the tests of this book run, starts fewer.
    const WANTED: usize = if cfg!(debug_assertions) {
        1_000
    } else {
        10_000
    };

    /// A number of KiB from the line `NAME: 1234 kB` of a file that the kernel writes.
    fn kib(file: &str, name: &str) -> std::io::Result<f64> {
        let text = std::fs::read_to_string(file)?;
        let line = text.lines().find_map(|line| line.strip_prefix(name));
        let number = line.and_then(|line| line.split_whitespace().nth(1));
        Ok(number
            .and_then(|n| n.parse().ok())
            .expect("Linux writes such a line"))
    }
    let memory = || -> std::io::Result<[f64; 3]> {
        let reserved = kib("/proc/self/status", "VmSize")?;
        let resident = kib("/proc/self/smaps_rollup", "Rss")?;
        Ok([reserved, resident, kib("/proc/meminfo", "KernelStack")?])
    };
    let cpu_time = || clock_gettime(ClockId::ProcessCPUTime);

    let gate = Arc::new(RwLock::new(()));
    let closed = gate.write().expect("nobody panics with the lock");
    let (begun, all_begun) = mpsc::channel();
    let (before, start) = (memory()?, Instant::now());
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
    all_begun.iter().take(threads.len()).for_each(drop);
    let (elapsed, after) = (start.elapsed(), memory()?);

    let cpu_before = cpu_time();
    thread::sleep(Duration::from_millis(500));
    let idle = Duration::try_from(cpu_time() - cpu_before).expect("time goes forward");

    drop(closed);
    let started = threads.len();
    for thread in threads {
        thread.join().expect("no thread panics");
    }

    let [reserved, resident, kernel] = [0, 1, 2].map(|i| (after[i] - before[i]) / started as f64);
    println!("each reserves 2 MiB or more: {}", reserved >= 2048.0);
    println!(
        "less than a quarter is resident: {}",
        resident < reserved / 4.0
    );
    println!(
        "in 500 ms all use under 50 ms of a core: {}",
        idle.as_millis() < 50
    );
    eprintln!("started: {started} threads");
    eprintln!("refused by the kernel: {} threads", WANTED - started);
    eprintln!("reserved: {reserved:.1} KiB each");
    eprintln!("resident: {resident:.1} KiB each");
    eprintln!("kernel's stack: {kernel:.1} KiB each");
    eprintln!(
        "resident: {:.1} MiB in all",
        (after[1] - before[1]) / 1024.0
    );
    eprintln!(
        "time to start: {:.1} us each",
        elapsed.as_secs_f64() * 1e6 / started as f64
    );
    eprintln!(
        "CPU time while they wait: {:.1} ms in 500 ms",
        idle.as_secs_f64() * 1e3
    );
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("skipped: this program reads /proc, which Linux has");
}
