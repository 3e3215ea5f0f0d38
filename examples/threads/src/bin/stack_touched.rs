//! Compares what the stack of a thread reserves with what of it is in memory.

#[cfg(target_os = "linux")]
fn main() -> std::io::Result<()> {
    use std::hint::black_box;
    use std::sync::{Arc, Barrier};
    use std::thread;

    const STACK: u64 = 2048; // KiB, what std reserves unless you say otherwise
    const TOUCHED: u64 = 1024; // KiB

    /// Needs a large stack for as long as it runs.
    #[inline(never)]
    fn draw() {
        let mut image = [0_u8; 1024 * TOUCHED as usize];
        black_box(&mut image).fill(255);
    }

    /// The kernel's count of this process's memory in KiB, from a line `NAME: 1234 kB`.
    fn kib(file: &str, name: &str) -> std::io::Result<u64> {
        let text = std::fs::read_to_string(file)?;
        let line = text.lines().find_map(|line| line.strip_prefix(name));
        let number = line.and_then(|line| line.split_whitespace().nth(1));
        Ok(number
            .and_then(|n| n.parse().ok())
            .expect("Linux writes such a line"))
    }
    let reserved = || kib("/proc/self/status", "VmSize");
    let in_memory = || kib("/proc/self/smaps_rollup", "Anonymous");

    let turn = Arc::new(Barrier::new(2));
    let (reserved_before, in_memory_before) = (reserved()?, in_memory()?);
    let thread = thread::spawn({
        let turn = Arc::clone(&turn);
        move || {
            turn.wait(); // the thread has begun
            turn.wait(); // main has measured
            draw();
            turn.wait(); // `draw` has returned
            turn.wait(); // main has measured
        }
    });

    turn.wait();
    let reserved = reserved()? - reserved_before;
    let begun = in_memory()?.saturating_sub(in_memory_before);
    turn.wait();
    turn.wait();
    let touched = in_memory()?.saturating_sub(in_memory_before);
    turn.wait();
    thread.join().expect("the thread does not panic");
    let joined = in_memory()?.saturating_sub(in_memory_before);

    println!("reserves its whole stack: {}", reserved >= STACK);
    println!(
        "begun, has less than an eighth of it in memory: {}",
        begun < STACK / 8
    );
    println!("has in memory what it touched: {}", touched >= TOUCHED);
    println!("joined, gives it back: {}", joined < STACK / 8);
    eprintln!("reserved: {reserved} KiB");
    eprintln!("in memory, begun: {begun} KiB");
    eprintln!("in memory, 1024 KiB touched: {touched} KiB");
    eprintln!("in memory, joined: {joined} KiB");
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("skipped: this program reads /proc, which Linux has");
}
