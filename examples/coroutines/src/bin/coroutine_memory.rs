//! What a suspended coroutine costs in memory: 1,000 with a stack each, 1,000 without.

#[cfg(target_os = "linux")]
fn main() -> std::io::Result<()> {
    use std::fs;
    use std::future::pending;
    use std::hint::black_box;
    use std::task::{Context, Waker};

    use corosensei::{Coroutine, Yielder};

    const COUNT: usize = 1_000;

    /// Fills 32 KiB of whatever stack it runs on, and returns a single byte.
    #[inline(never)]
    fn parse_header() -> u8 {
        let buffer = [1_u8; 32 * 1024];
        black_box(&buffer)[0]
    }

    async fn stackless() -> u8 {
        let header = parse_header();
        pending::<()>().await; // this one never goes on
        header
    }

    fn stackful(yielder: &Yielder<(), ()>) -> u8 {
        let header = parse_header();
        yielder.suspend(());
        header
    }

    /// The bytes of this process that are in RAM: the kernel counts its pages.
    fn resident() -> std::io::Result<usize> {
        let report = fs::read_to_string("/proc/self/smaps_rollup")?;
        let line = report.lines().find_map(|line| line.strip_prefix("Rss:"));
        let kib = line.and_then(|line| line.trim().strip_suffix(" kB"));
        let kib: Option<usize> = kib.and_then(|kib| kib.parse().ok());
        Ok(kib.expect("the kernel writes `Rss:`, a number and `kB`") * 1024)
    }

    let mut context = Context::from_waker(Waker::noop());
    let at_start = resident()?;

    let mut futures: Vec<_> = (0..COUNT).map(|_| Box::pin(stackless())).collect();
    for future in &mut futures {
        assert!(future.as_mut().poll(&mut context).is_pending());
    }
    let with_futures = resident()?;

    let mut coroutines: Vec<_> = (0..COUNT)
        .map(|_| Coroutine::new(|yielder, ()| stackful(yielder)))
        .collect();
    for coroutine in &mut coroutines {
        assert!(coroutine.resume(()).as_yield().is_some());
    }
    let with_both = resident()?;

    let per_future = with_futures.saturating_sub(at_start) / COUNT;
    let per_coroutine = with_both.saturating_sub(with_futures) / COUNT;
    eprintln!("stackless: {per_future} bytes");
    eprintln!("stackful: {per_coroutine} bytes");
    eprintln!("the future itself: {} bytes", size_of_val(&stackless()));
    println!("stackless: under 1 KiB: {}", per_future < 1024);
    println!("stackful: over 16 KiB: {}", per_coroutine > 16 * 1024);
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("skipped: this program reads /proc/self/smaps_rollup, which only Linux has");
}
