//! Compares what the stack of a thread reserves with what of it is in memory.

#[cfg(target_os = "linux")]
fn main() {
    use std::hint::black_box;
    use std::sync::Barrier;
    use std::thread;

    const STACK: usize = 2048; // KiB: what std reserves unless you say otherwise
    const IMAGE: usize = 1024; // KiB

    /// Lets the thread and `main` take turns.
    static TURN: Barrier = Barrier::new(2);

    /// Needs much of its stack while it runs.
    #[inline(never)]
    fn draw() {
        let mut image = [0_u8; 1024 * IMAGE];
        black_box(&mut image).fill(255);
    }

    /// The number of KiB in the line `NAME: 1234 kB` of a file of the kernel.
    fn kib(file: &str, name: &str) -> usize {
        let text = std::fs::read_to_string(file).expect("this kernel has this file in /proc");
        let line = text.lines().find_map(|line| line.strip_prefix(name));
        let number = line.and_then(|line| line.split_whitespace().next());
        number
            .and_then(|n| n.parse().ok())
            .expect("the line ends in 1234 kB")
    }
    let reserved = || kib("/proc/self/status", "VmSize:");
    let resident = || kib("/proc/self/smaps_rollup", "Anonymous:");

    let (reserved_before, resident_before) = (reserved(), resident());
    let thread = thread::spawn(|| {
        TURN.wait(); // the thread has begun
        TURN.wait(); // main has measured
        draw();
        TURN.wait(); // `draw` has returned
        TURN.wait(); // main has measured
    });

    TURN.wait();
    let stack = reserved() - reserved_before;
    let begun = resident().saturating_sub(resident_before);
    TURN.wait();
    TURN.wait();
    let drawn = resident().saturating_sub(resident_before);
    TURN.wait();
    thread.join().expect("the thread does not panic");
    let joined = resident().saturating_sub(resident_before);

    assert!(stack >= STACK && begun < IMAGE);
    println!("begun: 2 MiB or more reserved, less than 1 MiB resident");
    assert!(drawn >= IMAGE);
    println!("drawn: 1 MiB or more resident");
    assert!(joined < IMAGE);
    println!("joined: less than 1 MiB resident");
    eprintln!("begun: {stack} KiB reserved");
    eprintln!("begun: {begun} KiB resident");
    eprintln!("drawn: {drawn} KiB resident");
    eprintln!("joined: {joined} KiB resident");
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("skipped: this program reads /proc, which Linux has");
}
