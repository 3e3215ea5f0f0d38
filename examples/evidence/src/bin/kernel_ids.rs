//! Asks the Linux kernel for the id of the thread: in two threads, and in a thousand tasks.

#[cfg(target_os = "linux")]
fn main() -> std::io::Result<()> {
    use std::collections::HashSet;
    use std::sync::Barrier;
    use std::thread::Builder;

    use rustix::thread::gettid;

    // The kernel gives the id of a thread that has ended to another: all three must be there.
    static ALL_THERE: Barrier = Barrier::new(3);
    fn id() -> rustix::thread::Pid {
        let id = gettid();
        ALL_THERE.wait();
        id
    }
    // No scope: if the kernel refuses a thread, main ends and does not wait for the other.
    let north = Builder::new().spawn(id)?;
    let south = Builder::new().spawn(id)?;
    let mut ids = HashSet::from([id()]);
    for thread in [north, south] {
        ids.insert(thread.join().expect("asking does not panic"));
    }
    println!("main and two threads: {} ids", ids.len());

    let ids = ids_of_tasks(1000);
    let is_mains = ids == HashSet::from([gettid()]);
    println!(
        "a thousand tasks: {} id, that of main: {is_mains}",
        ids.len()
    );
    Ok(())
}

/// The kernel's ids of the threads on which so many tasks run.
#[cfg(target_os = "linux")]
#[tokio::main(flavor = "current_thread")]
async fn ids_of_tasks(tasks: usize) -> std::collections::HashSet<rustix::thread::Pid> {
    use rustix::thread::gettid;
    use tokio::task::JoinSet;

    let tasks: JoinSet<_> = (0..tasks).map(|_| async { gettid() }).collect();
    tasks.join_all().await.into_iter().collect()
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("skipped: this program calls gettid, which Linux has");
}
