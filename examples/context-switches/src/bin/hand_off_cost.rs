//! What a hand-off costs between two tasks, and between two threads.

#[cfg(target_os = "linux")]
use nix::{Result, sched::CpuSet};

#[cfg(target_os = "linux")]
fn main() -> Result<()> {
    let cores = allowed_cores()?;
    let tasks = time(tasks) / HAND_OFFS;
    let sorting = time(sort);
    let one_core = time(|| threads(cores[0], cores[0])) / HAND_OFFS;
    let two_cores = match cores.get(1) {
        Some(&second) => time(|| threads(cores[0], second)) / HAND_OFFS,
        None => 0,
    };

    println!("in each way: {HAND_OFFS} hand-offs, three times");
    eprintln!("tasks on one thread: {tasks} ns a hand-off");
    eprintln!("threads on one core: {one_core} ns a hand-off");
    eprintln!("threads on two cores: {two_cores} ns a hand-off (0: not tried)");
    eprintln!("for comparison, sorting 10000 numbers: {sorting} ns");
    Ok(())
}

#[cfg(target_os = "linux")]
const ROUNDS: u128 = 5_000;
#[cfg(target_os = "linux")]
const HAND_OFFS: u128 = 2 * ROUNDS; // there and back

/// Does the work three times and returns the nanoseconds of the median run.
#[cfg(target_os = "linux")]
fn time(work: impl Fn()) -> u128 {
    let mut times = [(); 3].map(|()| {
        let start = std::time::Instant::now();
        work();
        start.elapsed().as_nanos()
    });
    times.sort_unstable();
    times[1]
}

/// The cores that this program may use, each as a set of its own.
#[cfg(target_os = "linux")]
fn allowed_cores() -> Result<Vec<CpuSet>> {
    use nix::sched::sched_getaffinity;
    use nix::unistd::Pid;

    let allowed = sched_getaffinity(Pid::from_raw(0))?;
    let mut cores = Vec::new();
    for core in 0..CpuSet::count() {
        if allowed.is_set(core)? {
            let mut one = CpuSet::new();
            one.set(core)?;
            cores.push(one);
        }
    }
    Ok(cores)
}

/// Hands a ball to another thread and back, each bound to a core.
#[cfg(target_os = "linux")]
fn threads(core: CpuSet, core_of_player: CpuSet) {
    use std::sync::mpsc;
    use std::thread;

    use nix::sched::sched_setaffinity;
    use nix::unistd::Pid;

    let bind = |core| {
        let this_thread = Pid::from_raw(0);
        sched_setaffinity(this_thread, &core).expect("a thread may choose among its cores");
    };
    let (throw, catch) = mpsc::sync_channel(1);
    let (throw_back, catch_back) = mpsc::sync_channel(1);
    thread::scope(|scope| {
        scope.spawn(move || {
            bind(core_of_player);
            for ball in catch {
                throw_back.send(ball).expect("main plays to the end");
            }
        });
        bind(core);
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
