//! What a suspended coroutine costs in memory: 10,000 with a stack each, 10,000 without.

#[cfg(target_os = "linux")]
mod linux {
    use std::error::Error;
    use std::fs;
    use std::future::poll_fn;
    use std::hint::black_box;
    use std::mem;
    use std::task::{Context, Poll, Waker};

    use corosensei::{Coroutine, Yielder};

    const RESERVED: &str = "VmSize:";
    const RESIDENT: &str = "VmRSS:";

    /// What the kernel says of this process, in bytes.
    fn memory(of: &str) -> Result<usize, Box<dyn Error>> {
        let status = fs::read_to_string("/proc/self/status")?;
        let line = status.lines().find_map(|line| line.strip_prefix(of));
        let kib = line.and_then(|line| line.split_whitespace().next());
        Ok(kib.ok_or("the kernel left it out")?.parse::<usize>()? * 1024)
    }

    /// Fills 32 KiB of whatever stack it runs on, and returns a single number.
    #[inline(never)]
    fn parse_header() -> u64 {
        let buffer = black_box([1_u8; 32 * 1024]);
        u64::from(buffer[0])
    }

    fn stackful(parse: bool) -> Coroutine<(), (), u64> {
        let mut coroutine = Coroutine::new(move |yielder: &Yielder<(), ()>, ()| {
            let header = if parse { parse_header() } else { 1 };
            yielder.suspend(());
            header
        });
        coroutine.resume(());
        coroutine
    }

    async fn stackless(parse: bool) -> u64 {
        let header = if parse { parse_header() } else { 1 };
        let mut resumed = false;
        poll_fn(|_| {
            if resumed {
                return Poll::Ready(());
            }
            resumed = true;
            Poll::Pending
        })
        .await;
        header
    }

    /// Makes the coroutines, all suspended, and reports what each takes: reserved, resident.
    fn each<T>(
        name: &str,
        count: usize,
        make: impl Fn() -> T,
    ) -> Result<(usize, usize), Box<dyn Error>> {
        let before = (memory(RESERVED)?, memory(RESIDENT)?);
        let suspended: Vec<T> = (0..count).map(|_| make()).collect();
        let after = (memory(RESERVED)?, memory(RESIDENT)?);
        mem::forget(suspended); // the next ones must not reuse its memory

        let reserved = after.0.saturating_sub(before.0) / count;
        let resident = after.1.saturating_sub(before.1) / count;
        eprintln!("{name}, reserved: {reserved} bytes");
        eprintln!("{name}, resident: {resident} bytes");
        Ok((reserved, resident))
    }

    pub fn main() -> Result<(), Box<dyn Error>> {
        let future = |parse| {
            let mut future = Box::pin(stackless(parse));
            let mut context = Context::from_waker(Waker::noop());
            assert!(future.as_mut().poll(&mut context).is_pending());
            future
        };
        let (_, without) = each("stackless", 10_000, || future(false))?;
        let (_, without_parsed) = each("stackless, header parsed", 10_000, || future(true))?;
        let (reserved, with) = each("stackful", 10_000, || stackful(false))?;
        let (_, with_parsed) = each("stackful, header parsed", 1_000, || stackful(true))?;
        let size = size_of_val(&stackless(true));
        eprintln!("the future itself: {size} bytes");

        println!("stackful: 1 MiB reserved: {}", reserved >= 1 << 20);
        println!("stackful: a page resident: {}", with >= 4096);
        println!(
            "stackful: what a call once used stays: {}",
            with_parsed >= 32 * 1024
        );
        println!(
            "stackless: under 1 KiB: {}",
            without < 1024 && without_parsed < 1024
        );
        println!("the future itself: under 100 bytes: {}", size < 100);
        Ok(())
    }
}

#[cfg(target_os = "linux")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    linux::main()
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("skipped: this program reads /proc/self/status, which only Linux has");
}
