//! What this process uses, as far as its system tells.

use std::time::Duration;

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
        return Usage::by_getrusage();
        #[cfg(not(unix))]
        return Usage::default();
    }

    #[cfg(unix)]
    fn by_getrusage() -> Usage {
        use nix::sys::{
            resource::{UsageWho, getrusage},
            time::TimeValLike,
        };

        let Ok(usage) = getrusage(UsageWho::RUSAGE_SELF) else {
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

/// Processor time that the calling thread has used since it started.
///
/// `getrusage` would say it only to the last tick of the scheduler.
pub(super) fn thread_time() -> Option<Duration> {
    #[cfg(target_os = "linux")]
    return nix::time::clock_gettime(nix::time::ClockId::CLOCK_THREAD_CPUTIME_ID)
        .ok()
        .map(Duration::from);
    #[cfg(not(target_os = "linux"))]
    return None;
}

/// Resident memory in KiB.
pub(super) fn resident_memory() -> Option<u64> {
    crate::system::resident_memory().ok().map(|kib| kib as u64)
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
