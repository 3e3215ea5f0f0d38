//! What a hand-off costs between two tasks, and between two threads.

#[cfg(target_os = "linux")]
fn main() -> nix::Result<()> {
    use nix::sched::{CpuSet, sched_getaffinity, sched_setaffinity};
    use nix::unistd::Pid;

    let tasks = time(tasks) / HAND_OFFS;
    let threads_free = time(threads) / HAND_OFFS;
    let sorting = time(sort);

    // Bind this thread, and those that it starts, to one core.
    let this_thread = Pid::from_raw(0);
    let allowed = sched_getaffinity(this_thread)?;
    let mut one_core = CpuSet::new();
    for core in 0..CpuSet::count() {
        if allowed.is_set(core)? {
            one_core.set(core)?;
            break;
        }
    }
    sched_setaffinity(this_thread, &one_core)?;
    let threads_on_one_core = time(threads) / HAND_OFFS;

    println!("in each way: {HAND_OFFS} hand-offs, three times");
    eprintln!("tasks on one thread: {tasks} ns a hand-off");
    eprintln!("threads: {threads_free} ns a hand-off");
    eprintln!("threads on one core: {threads_on_one_core} ns a hand-off");
    eprintln!("for comparison, sorting 10000 numbers: {sorting} ns");
    Ok(())
}

#[cfg(target_os = "linux")]
const ROUNDS: u128 = 20_000;
#[cfg(target_os = "linux")]
const HAND_OFFS: u128 = 2 * ROUNDS; // there and back

/// Does the work three times and returns the nanoseconds of the fastest run.
#[cfg(target_os = "linux")]
fn time(work: fn()) -> u128 {
    let run = |_| {
        let start = std::time::Instant::now();
        work();
        start.elapsed().as_nanos()
    };
    (0..3).map(run).min().expect("it ran three times")
}

/// Hands a ball to another thread and back.
#[cfg(target_os = "linux")]
fn threads() {
    use std::sync::mpsc;
    use std::thread;

    let (throw, catch) = mpsc::sync_channel(1);
    let (throw_back, catch_back) = mpsc::sync_channel(1);
    thread::scope(|scope| {
        scope.spawn(move || {
            for ball in catch {
                throw_back.send(ball).expect("main plays to the end");
            }
        });
        for ball in 0..ROUNDS {
            throw.send(ball).expect("the player plays to the end");
            catch_back.recv().expect("the player plays to the end");
        }
        drop(throw);
    });
}

/// Hands a ball to another task and back.
#[cfg(target_os = "linux")]
#[tokio::main(flavor = "current_thread")]
async fn tasks() {
    use tokio::sync::mpsc;

    let (throw, mut catch) = mpsc::channel(1);
    let (throw_back, mut catch_back) = mpsc::channel(1);
    let player = tokio::spawn(async move {
        while let Some(ball) = catch.recv().await {
            let thrown = throw_back.send(ball).await;
            thrown.expect("main plays to the end");
        }
    });
    for ball in 0..ROUNDS {
        let thrown = throw.send(ball).await;
        thrown.expect("the player plays to the end");
        let caught = catch_back.recv().await;
        caught.expect("the player plays to the end");
    }
    drop(throw);
    player.await.expect("the player does not panic");
}

/// Makes 10,000 numbers in disorder, and sorts them.
#[cfg(target_os = "linux")]
fn sort() {
    let mut numbers: Vec<u64> = (0..10_000).map(|i| i * 7919 % 10_007).collect();
    numbers.sort_unstable();
    std::hint::black_box(numbers); // or the compiler might leave out the work
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("skipped: this program binds its threads to a core in the way of Linux");
}
