//! The machine, its system, and what this program was built with.

use std::fmt;
use std::fs;
use std::process::Command;
use std::thread;

use serde::{Deserialize, Serialize};
use sysinfo::{CpuRefreshKind, MemoryRefreshKind, RefreshKind, System};

/// Where figures come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Machine {
    /// The name of the first core's processor, as the system gives it; empty if it does not.
    pub cpu: String,
    /// How many logical cores this process may use.
    pub logical_cores: usize,
    /// The machine's memory in MiB; 0 if the system does not tell.
    pub memory_mib: u64,
    /// The operating system: on Linux the distribution.
    pub os: String,
    /// The kernel and its version.
    pub kernel: String,
    /// Whether the processor says that it is a virtual one. Where it does not tell: no.
    pub is_virtual: bool,
    /// The C library and its version, whose allocator is in the figures; empty if it does not tell.
    pub libc: String,
    /// The processor's architecture, as Rust names it.
    pub architecture: String,
    /// The first line of `rustc -vV`, noted when the program was built.
    pub rustc: String,
    /// The version of tokio, noted from `Cargo.lock` when the program was built.
    pub tokio: String,
    /// `release`, or `debug` if the program was built with debug assertions.
    pub profile: String,
}

impl Machine {
    /// This machine.
    pub fn this() -> Machine {
        let what = RefreshKind::nothing()
            .with_cpu(CpuRefreshKind::nothing())
            .with_memory(MemoryRefreshKind::nothing().with_ram());
        let (cpu, memory_mib) = match System::new_with_specifics(what) {
            Ok(system) => {
                let cpu = system.cpus().first().map_or("", |cpu| cpu.brand().trim());
                (cpu.to_owned(), system.total_memory() >> 20)
            }
            Err(_) => (String::new(), 0), // the figures are worth something without it
        };
        let name = System::name().unwrap_or_else(|_| std::env::consts::OS.to_owned());
        let version = System::os_version().unwrap_or_default();
        let kernel = match std::env::consts::OS {
            "linux" => "Linux",
            "macos" => "Darwin",
            "windows" => "NT",
            other => other,
        };
        let kernel_version = System::kernel_version().unwrap_or_default();
        Machine {
            cpu,
            logical_cores: thread::available_parallelism().map_or(1, usize::from),
            memory_mib,
            os: format!("{name} {version}").trim().to_owned(),
            kernel: format!("{kernel} {kernel_version}").trim().to_owned(),
            is_virtual: is_virtual(),
            libc: libc(),
            architecture: std::env::consts::ARCH.to_owned(),
            rustc: env!("MEASURED_RUSTC").to_owned(),
            tokio: env!("MEASURED_TOKIO").to_owned(),
            profile: Machine::profile_of_this_build().to_owned(),
        }
    }

    /// `release`, or `debug`, whose figures mean nothing.
    pub fn profile_of_this_build() -> &'static str {
        if cfg!(debug_assertions) {
            "debug"
        } else {
            "release"
        }
    }
}

/// A machine with more [`load`] than this is not idle.
pub const IDLE: f64 = 0.5;

/// How many threads wanted to run, on average over the last minute; `None` if the system does not tell.
pub fn load() -> Option<f64> {
    System::load_average().ok().map(|load| load.one)
}

/// Whether Linux lists `hypervisor` among the abilities of the processor.
fn is_virtual() -> bool {
    fs::read_to_string("/proc/cpuinfo")
        .is_ok_and(|text| text.split_whitespace().any(|word| word == "hypervisor"))
}

/// What `getconf` says of glibc.
fn libc() -> String {
    let output = Command::new("getconf").arg("GNU_LIBC_VERSION").output();
    let output = output.ok().filter(|output| output.status.success());
    output.map_or_else(String::new, |output| {
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    })
}

impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rustc: Vec<_> = self.rustc.split_whitespace().take(2).collect();
        let cpu = if self.cpu.is_empty() {
            &self.architecture
        } else {
            &self.cpu
        };
        write!(
            f,
            "{cpu}, {} logical core{}, {} GiB{}, {} ({}{}), {}, tokio {}, {} build",
            self.logical_cores,
            if self.logical_cores == 1 { "" } else { "s" },
            self.memory_mib.div_ceil(1024),
            if self.is_virtual {
                ", a virtual machine"
            } else {
                ""
            },
            self.kernel,
            self.os,
            if self.libc.is_empty() {
                String::new()
            } else {
                format!(", {}", self.libc)
            },
            rustc.join(" "),
            self.tokio,
            self.profile
        )
    }
}
