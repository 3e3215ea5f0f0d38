//! The same readings, handed over one by one and by the hundred.

#[cfg(target_os = "linux")]
fn main() -> nix::Result<()> {
    one_core()?; // the threads that main starts inherit this

    let one_by_one = hand_over(1)?;
    let by_the_hundred = hand_over(100)?;
    assert!(one_by_one >= READINGS / 4, "only {one_by_one} switches");
    assert!(by_the_hundred <= READINGS / 20, "{by_the_hundred} switches");
    println!("one by one: {} switches or more", READINGS / 4);
    println!("by the hundred: {} switches or fewer", READINGS / 20);
    eprintln!("one by one: {one_by_one} switches");
    eprintln!("by the hundred: {by_the_hundred} switches");
    Ok(())
}

#[cfg(target_os = "linux")]
const READINGS: usize = 100_000;

/// Hands all readings to another thread, so many at a time. Returns how often
/// the kernel switched.
#[cfg(target_os = "linux")]
fn hand_over(batch: usize) -> nix::Result<usize> {
    use std::sync::mpsc;
    use std::thread;

    let readings: Vec<usize> = (0..READINGS).collect();
    let (sender, receiver) = mpsc::sync_channel::<Vec<usize>>(0);
    let before = switches()?;
    thread::scope(|scope| {
        scope.spawn(move || {
            let received: usize = receiver.iter().map(|batch| batch.len()).sum();
            assert_eq!(received, READINGS);
        });
        for batch in readings.chunks(batch) {
            let sent = sender.send(batch.to_vec());
            sent.expect("the other thread receives to the end");
        }
        drop(sender);
    });
    Ok(switches()? - before)
}

/// How often the kernel has switched away from a thread of this process.
#[cfg(target_os = "linux")]
fn switches() -> nix::Result<usize> {
    use nix::sys::resource::{UsageWho, getrusage};

    let usage = getrusage(UsageWho::RUSAGE_SELF)?;
    let sum = usage.voluntary_context_switches() + usage.involuntary_context_switches();
    Ok(usize::try_from(sum).expect("a count is not negative"))
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
