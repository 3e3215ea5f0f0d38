//! Starts threads until the kernel refuses one, here for want of addresses.

#[cfg(target_os = "linux")]
fn main() -> std::io::Result<()> {
    use std::sync::{Arc, RwLock};
    use std::thread::Builder;

    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    const MIB: u64 = 1 << 20;
    const STACK: u64 = 64 * MIB;
    // As room for 16 such stacks and a half is no multiple of a stack, some is left at the end,
    // and `main` can still print.
    const ROOM: u64 = 16 * STACK + STACK / 2;

    let status = std::fs::read_to_string("/proc/self/status")?;
    let size = status.lines().find_map(|line| line.strip_prefix("VmSize:"));
    let size = size.and_then(|line| line.trim().strip_suffix(" kB"));
    let size: u64 = size
        .and_then(|kib| kib.parse().ok())
        .expect("the line ends in 1234 kB");
    setrlimit(
        Resource::As, // the addresses that this process may use
        Rlimit {
            current: Some(1024 * size + ROOM),
            maximum: getrlimit(Resource::As).maximum,
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
