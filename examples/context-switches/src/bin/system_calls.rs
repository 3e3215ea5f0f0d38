//! A system call that returns at once is no context switch. One that blocks is.

#[cfg(unix)]
fn main() -> std::io::Result<()> {
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
    let (returned, took) = (switches()? - before, start.elapsed());
    assert!(returned <= 1000, "{returned} switches");
    println!("100000 reads that return at once: 1000 switches or fewer");

    ours.set_nonblocking(false)?;
    ours.set_read_timeout(Some(Duration::from_millis(1)))?;
    let before = switches()?;
    for _ in 0..100 {
        let answer = ours.read(&mut [0]).map_err(|error| error.kind());
        assert_eq!(answer, Err(ErrorKind::WouldBlock)); // after a millisecond
    }
    let blocked = switches()? - before;
    assert!(blocked >= 50, "only {blocked} switches");
    println!("100 reads that block for a millisecond: 50 switches or more");

    eprintln!("100000 reads that return at once: {returned} switches");
    eprintln!("each of them: {} ns", took.as_nanos() / 100_000);
    eprintln!("100 reads that block for a millisecond: {blocked} switches");
    Ok(())
}

/// How often the kernel has switched away from this process and its one thread.
#[cfg(unix)]
fn switches() -> nix::Result<std::ffi::c_long> {
    use nix::sys::resource::{UsageWho, getrusage};

    let usage = getrusage(UsageWho::RUSAGE_SELF)?;
    Ok(usage.voluntary_context_switches() + usage.involuntary_context_switches())
}

#[cfg(not(unix))]
fn main() {
    println!("skipped: this program calls getrusage, which only Unix systems have");
}
