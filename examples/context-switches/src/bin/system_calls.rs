//! A system call that returns at once is no context switch. One that blocks is.

#[cfg(unix)]
fn main() -> std::io::Result<()> {
    use std::ffi::c_long;
    use std::io::{ErrorKind, Read};
    use std::os::unix::net::UnixStream;
    use std::time::{Duration, Instant};

    let (mut ours, _sensor) = UnixStream::pair()?; // the sensor never writes

    ours.set_nonblocking(true)?;
    let (before, start) = (switches()?, Instant::now());
    for _ in 0..100_000 {
        let answer = ours.read(&mut [0]).map_err(|error| error.kind());
        assert_eq!(answer, Err(ErrorKind::WouldBlock));
    }
    let (after, took) = (switches()?, start.elapsed());
    // The others depend on what else the machine has to do.
    let returned = after[0] - before[0];
    assert!(returned <= 1000, "{returned} switches");
    println!("100000 reads that return at once: 1000 voluntary switches or fewer");

    ours.set_nonblocking(false)?;
    ours.set_read_timeout(Some(Duration::from_millis(1)))?;
    let before = switches()?;
    for _ in 0..100 {
        let answer = ours.read(&mut [0]).map_err(|error| error.kind());
        assert_eq!(answer, Err(ErrorKind::WouldBlock)); // after a millisecond
    }
    let blocked = switches()?.iter().sum::<c_long>() - before.iter().sum::<c_long>();
    assert!(blocked >= 50, "only {blocked} switches");
    println!("100 reads that block for a millisecond: 50 switches or more");

    eprintln!("100000 reads that return at once: {returned} voluntary switches");
    eprintln!("each of them: {} ns", took.as_nanos() / 100_000);
    eprintln!("100 reads that block for a millisecond: {blocked} switches");
    Ok(())
}

/// How often the kernel has switched away from this process and its one thread:
/// voluntarily, involuntarily.
#[cfg(unix)]
fn switches() -> nix::Result<[std::ffi::c_long; 2]> {
    use nix::sys::resource::{UsageWho, getrusage};

    let usage = getrusage(UsageWho::RUSAGE_SELF)?;
    Ok([
        usage.voluntary_context_switches(),
        usage.involuntary_context_switches(),
    ])
}

#[cfg(not(unix))]
fn main() {
    println!("skipped: this program calls getrusage, which only Unix systems have");
}
