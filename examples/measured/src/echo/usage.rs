//! What this process uses, as far as its system tells.

/// What threads have used of the processor since they started.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Usage {
    /// Voluntary and involuntary context switches.
    pub(super) context_switches: Option<u64>,
    /// Seconds, user and system.
    pub(super) cpu_s: Option<f64>,
}

impl Usage {
    /// That of all threads of the process, those that have ended among them.
    pub(super) fn of_process() -> Usage {
        #[cfg(unix)]
        return Usage::of(nix::sys::resource::UsageWho::RUSAGE_SELF);
        #[cfg(not(unix))]
        return Usage::default();
    }

    /// That of the calling thread.
    pub(super) fn of_thread() -> Usage {
        #[cfg(target_os = "linux")]
        return Usage::of(nix::sys::resource::UsageWho::RUSAGE_THREAD);
        #[cfg(not(target_os = "linux"))]
        return Usage::default();
    }

    #[cfg(unix)]
    fn of(who: nix::sys::resource::UsageWho) -> Usage {
        use nix::sys::time::TimeValLike;

        let Ok(usage) = nix::sys::resource::getrusage(who) else {
            return Usage::default();
        };
        let switches = usage.voluntary_context_switches() + usage.involuntary_context_switches();
        let cpu = usage.user_time() + usage.system_time();
        Usage {
            context_switches: u64::try_from(switches).ok(),
            cpu_s: Some(cpu.num_microseconds() as f64 / 1e6),
        }
    }

    /// What was used between an earlier moment and this one.
    pub(super) fn since(self, earlier: Usage) -> Usage {
        Usage {
            context_switches: self
                .context_switches
                .zip(earlier.context_switches)
                .map(|(now, then)| now.saturating_sub(then)),
            cpu_s: self.cpu_s.zip(earlier.cpu_s).map(|(now, then)| now - then),
        }
    }
}

/// Resident memory in KiB.
///
/// From `smaps_rollup`, which walks the page tables: the counters in `statm` and `status` may be
/// tens of pages behind for each thread.
pub(super) fn resident_memory() -> Option<u64> {
    #[cfg(target_os = "linux")]
    return procfs::process::Process::myself()
        .and_then(|process| process.smaps_rollup())
        .ok()
        .and_then(|rollup| {
            let mapping = rollup.memory_map_rollup.iter().next()?;
            mapping.extension.map.get("Rss").map(|bytes| bytes / 1024)
        });
    #[cfg(not(target_os = "linux"))]
    return None;
}

/// The threads of this process.
pub(super) fn threads() -> Option<u64> {
    #[cfg(target_os = "linux")]
    return procfs::process::Process::myself()
        .and_then(|process| process.stat())
        .ok()
        .and_then(|stat| u64::try_from(stat.num_threads).ok());
    #[cfg(not(target_os = "linux"))]
    return None;
}
