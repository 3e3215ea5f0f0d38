//! A blocking call needs a thread, and the system may refuse to make one.

#[cfg(target_os = "linux")]
fn main() -> std::io::Result<()> {
    use std::fs;
    use std::panic;

    use nix::sys::resource::{Resource, getrlimit, setrlimit};
    use tokio::runtime::Builder;

    let runtime = Builder::new_current_thread().build()?;

    // Leaves no room for the stack of one more thread.
    let status = fs::read_to_string("/proc/self/status")?;
    let mut lines = status.lines();
    let size = lines.find_map(|line| line.strip_prefix("VmSize:")?.trim().strip_suffix(" kB"));
    let kib: u64 = size.and_then(|size| size.parse().ok()).expect("a number");
    let (soft, hard) = getrlimit(Resource::RLIMIT_AS)?;
    setrlimit(Resource::RLIMIT_AS, (kib + 1024) * 1024, hard)?;

    let panic = panic::catch_unwind(|| runtime.spawn_blocking(|| "report"));
    setrlimit(Resource::RLIMIT_AS, soft, hard)?;
    let payload = panic.expect_err("there is no room");
    // tokio formats this message: so it is a String.
    println!("{}", payload.downcast::<String>().expect("a text"));
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("skipped: this program lowers its limits in the way of Linux");
}
