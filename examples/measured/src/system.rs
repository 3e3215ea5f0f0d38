//! What the kernel says of this process. Each says so where it can't.

use crate::case::Skip;

/// Resident memory of this process in KiB: `Rss` in `/proc/self/smaps_rollup`.
///
/// `VmRSS` in `/proc/self/status` would be cheaper to read, but each thread adds to it only in
/// batches.
///
/// # Errors
/// On systems other than Linux, and where `/proc` can't be read.
#[cfg(target_os = "linux")]
pub fn resident_memory() -> Result<f64, Skip> {
    let maps = procfs::process::Process::myself()
        .and_then(|process| process.smaps_rollup())
        .map_err(|error| Skip(format!("no /proc/self/smaps_rollup: {error}")))?;
    let bytes = maps
        .memory_map_rollup
        .0
        .first()
        .and_then(|map| map.extension.map.get("Rss"))
        .ok_or_else(|| Skip::because("/proc/self/smaps_rollup has no `Rss`"))?;
    Ok(*bytes as f64 / 1024.0)
}

/// Resident memory of this process in KiB.
///
/// # Errors
/// Always: only Linux tells it in this way.
#[cfg(not(target_os = "linux"))]
pub fn resident_memory() -> Result<f64, Skip> {
    Err(Skip::because("it is read from Linux's /proc"))
}

/// How many times the kernel has taken the core from a thread of this process.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KernelSwitches {
    /// Because the thread waited.
    pub voluntary: i64,
    /// Because it was another's turn.
    pub involuntary: i64,
}

impl KernelSwitches {
    /// The switches of all threads so far, those included that have ended: `getrusage(2)`.
    ///
    /// # Errors
    /// On Windows, which does not tell.
    #[cfg(unix)]
    pub fn so_far() -> Result<KernelSwitches, Skip> {
        use nix::sys::resource::{UsageWho, getrusage};

        let usage = getrusage(UsageWho::RUSAGE_SELF)?;
        Ok(KernelSwitches {
            voluntary: usage.voluntary_context_switches(),
            involuntary: usage.involuntary_context_switches(),
        })
    }

    /// The switches of all threads so far.
    ///
    /// # Errors
    /// Always: this system does not tell.
    #[cfg(not(unix))]
    pub fn so_far() -> Result<KernelSwitches, Skip> {
        Err(Skip::because("this system has no getrusage"))
    }

    /// The switches since an earlier moment.
    pub fn since(self, earlier: KernelSwitches) -> KernelSwitches {
        KernelSwitches {
            voluntary: self.voluntary - earlier.voluntary,
            involuntary: self.involuntary - earlier.involuntary,
        }
    }
}

/// What the kernel keeps for the threads of this process, in KiB: its stacks for them (`KernelStack` in
/// `/proc/meminfo`, which counts those of all processes) and the page tables of the process (`VmPTE`
/// in `/proc/self/status`). Its records of threads are not in it: no file tells them apart.
///
/// # Errors
/// On systems other than Linux, and where `/proc` can't be read.
#[cfg(target_os = "linux")]
pub fn memory_in_the_kernel() -> Result<f64, Skip> {
    use procfs::Current;

    let stacks = procfs::Meminfo::current()?.kernel_stack;
    let stacks = stacks.ok_or_else(|| Skip::because("/proc/meminfo has no `KernelStack`"))?;
    let page_tables = procfs::process::Process::myself()?.status()?.vmpte;
    let page_tables =
        page_tables.ok_or_else(|| Skip::because("/proc/self/status has no `VmPTE`"))?;
    Ok(stacks as f64 / 1024.0 + page_tables as f64)
}

/// What the kernel keeps for the threads of this process, in KiB.
///
/// # Errors
/// Always: only Linux tells it in this way.
#[cfg(not(target_os = "linux"))]
pub fn memory_in_the_kernel() -> Result<f64, Skip> {
    Err(Skip::because("it is read from Linux's /proc"))
}

/// The numbers of the cores that this thread may use.
///
/// # Errors
/// On systems other than Linux, and where the kernel does not tell.
#[cfg(target_os = "linux")]
pub fn allowed_cores() -> Result<Vec<usize>, Skip> {
    use nix::sched::{CpuSet, sched_getaffinity};
    use nix::unistd::Pid;

    let allowed = sched_getaffinity(Pid::from_raw(0))?;
    let mut cores = Vec::new();
    for core in 0..CpuSet::count() {
        if allowed.is_set(core)? {
            cores.push(core);
        }
    }
    Ok(cores)
}

/// Binds this thread, and those that it starts from now on, to the core of this number.
///
/// # Errors
/// On systems other than Linux, and where the kernel refuses.
#[cfg(target_os = "linux")]
pub fn bind_to(core: usize) -> Result<(), Skip> {
    use nix::sched::{CpuSet, sched_setaffinity};
    use nix::unistd::Pid;

    let mut one = CpuSet::new();
    one.set(core)?;
    Ok(sched_setaffinity(Pid::from_raw(0), &one)?)
}

/// The numbers of the cores that this thread may use.
///
/// # Errors
/// Always: only Linux is asked.
#[cfg(not(target_os = "linux"))]
pub fn allowed_cores() -> Result<Vec<usize>, Skip> {
    Err(Skip::because("threads are bound to a core on Linux only"))
}

/// Binds this thread to the core of this number.
///
/// # Errors
/// Always: only Linux is asked.
#[cfg(not(target_os = "linux"))]
pub fn bind_to(_: usize) -> Result<(), Skip> {
    Err(Skip::because("threads are bound to a core on Linux only"))
}
