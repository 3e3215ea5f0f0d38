//! Makes one thread nicer to the others, and asks the kernel what changed.

#[cfg(target_os = "linux")]
fn main() -> rustix::io::Result<()> {
    use rustix::process::{getpriority_process, setpriority_process};
    use rustix::thread::gettid;
    use std::thread;

    let before = getpriority_process(Some(gettid()))?;
    let nicer = 19; // the nicest there is
    assert!(
        before < nicer,
        "main is as nice already: there is nothing to show"
    );

    let in_thread = thread::spawn(move || {
        setpriority_process(Some(gettid()), nicer)?;
        getpriority_process(Some(gettid()))
    });
    let in_thread = in_thread.join().expect("the thread does not panic")?;
    let in_main = getpriority_process(Some(gettid()))?;

    println!("the thread is the nicest: {}", in_thread == nicer);
    println!("main is as before: {}", in_main == before);
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("skipped: only Linux has a nice value for each thread");
}
