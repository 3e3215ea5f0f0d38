//! Starts threads until one is refused, here for want of addresses for its stack.

#[cfg(target_os = "linux")]
fn main() -> std::io::Result<()> {
    use std::sync::{Arc, RwLock};
    use std::thread::Builder;

    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    const MIB: u64 = 1 << 20;
    const STACK: u64 = 64 * MIB;
    // As room for 16 such stacks and a half is no multiple of a stack, nor of the heap that glibc
    // reserves for a thread, some is left at the end, and `main` can still print.
    const ROOM: u64 = 16 * STACK + STACK / 2;

    let status = std::fs::read_to_string("/proc/self/status")?;
    let size = status.lines().find_map(|line| line.strip_prefix("VmSize:"));
    let size = size.and_then(|line| line.trim().strip_suffix(" kB"));
    let size: u64 = size
        .and_then(|kib| kib.parse().ok())
        .expect("the line ends in 1234 kB");
    let limit = 1024 * size + ROOM; // the addresses that this process may use, in bytes
    let maximum = getrlimit(Resource::As).maximum;
    if maximum.is_some_and(|maximum| maximum < limit) {
        return Err(std::io::Error::other(format!(
            "the limit on addresses is too low: set `ulimit -v` to {} or more, or to unlimited",
            limit.div_ceil(1024)
        )));
    }
    setrlimit(
        Resource::As,
        Rlimit {
            current: Some(limit),
            maximum,
        },
    )?;

    let gate = Arc::new(RwLock::new(()));
    let closed = gate.write().expect("nobody panics with the lock");
    let mut threads = Vec::new();
    let refusal = loop {
        let gate = Arc::clone(&gate);
        let wait = move || drop(gate.read()); // blocks until main opens the gate
        let stack = usize::try_from(STACK).expect("64 MiB are addresses");
        match Builder::new().stack_size(stack).spawn(wait) {
            Ok(thread) => threads.push(thread),
            Err(error) => break error,
        }
    };
    println!("some threads have started: {}", !threads.is_empty());
    println!("more than there is room for: {}", threads.len() > 16);
    println!("the next: {:?}", refusal.kind());

    drop(closed);
    for thread in threads {
        thread.join().expect("waiting does not panic");
    }
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("skipped: this program limits itself in the way of Linux");
}
