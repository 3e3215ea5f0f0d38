//! One run of the task.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use crate::{CLIENTS, price};

/// One run of the task: who waits, and what that takes.
///
/// Clones are the same trial.
#[derive(Clone, Debug)]
pub struct Trial {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    count: Mutex<Count>,
    more_wait: Condvar,
    memory_at_start: u64,
    switches_at_start: Option<i64>,
}

#[derive(Debug, Default)]
struct Count {
    waiting: u64,
    most: u64,
    /// Resident memory in KiB that came with the clients, once it is measured.
    memory: u64,
}

/// A client that waits. Dropping it says that the wait is over.
#[derive(Debug)]
#[must_use = "dropped at once, it ends the wait"]
pub struct Wait {
    shared: Arc<Shared>,
}

impl Trial {
    /// Begins a trial, before there are clients.
    pub fn start() -> Trial {
        Trial {
            shared: Arc::new(Shared {
                count: Mutex::default(),
                more_wait: Condvar::new(),
                memory_at_start: resident_memory(),
                switches_at_start: context_switches(),
            }),
        }
    }

    /// Says that one more client waits, until the returned value is dropped.
    pub fn begin_wait(&self) -> Wait {
        let mut count = self.shared.count();
        count.waiting += 1;
        count.most = count.most.max(count.waiting);
        self.shared.more_wait.notify_all();
        Wait {
            shared: Arc::clone(&self.shared),
        }
    }

    /// How many clients wait now.
    pub fn waiting(&self) -> u64 {
        self.shared.count().waiting
    }

    /// Blocks until as many clients wait at the same time, then measures the memory that has been
    /// added since the start.
    ///
    /// Where the clients share the caller's thread, it has to let them come to their waits first:
    /// see [`Trial::waiting`].
    pub fn measure(&self, clients: u64) {
        let count = self.shared.count();
        let count = self
            .shared
            .more_wait
            .wait_while(count, |count| count.waiting < clients)
            .unwrap_or_else(PoisonError::into_inner);
        drop(count); // not held while the kernel is asked
        let memory = resident_memory().saturating_sub(self.shared.memory_at_start);
        self.shared.count().memory = memory;
    }

    /// Checks the answers and prints how many came and how many clients waited at once; on Linux,
    /// to stderr, also the memory that the waiting clients took and the context
    /// switches since the start.
    ///
    /// # Panics
    /// If an answer is none that a client would give, or if there are two from one client.
    pub fn finish(self, answers: impl IntoIterator<Item = u64>) {
        let mut answers: Vec<u64> = answers.into_iter().collect();
        answers.sort_unstable();
        let mut expected = (0..CLIENTS).map(|client| client + price(client));
        for given in &answers {
            assert!(
                expected.any(|answer| answer == *given),
                "{given} is no client's answer, or comes twice"
            );
        }
        let count = self.shared.count();
        println!("waiting at once: {}", count.most);
        println!("answers: {}", answers.len());
        if let (Some(before), Some(after)) = (self.shared.switches_at_start, context_switches()) {
            eprintln!("memory: {} KiB", count.memory);
            eprintln!("context switches: {}", after - before);
        }
    }
}

impl Drop for Wait {
    fn drop(&mut self) {
        self.shared.count().waiting -= 1;
    }
}

impl Shared {
    /// The count, also after a panic: no panic leaves it half written.
    fn count(&self) -> MutexGuard<'_, Count> {
        self.count.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The resident memory of this process in KiB, from `/proc/self/smaps_rollup`.
#[cfg(target_os = "linux")]
fn resident_memory() -> u64 {
    let maps = procfs::process::Process::myself()
        .and_then(|process| process.smaps_rollup())
        .expect("Linux lets a process read its own /proc");
    let map = &maps.memory_map_rollup.0[0];
    map.extension.map["Rss"] / 1024
}

#[cfg(not(target_os = "linux"))]
fn resident_memory() -> u64 {
    0
}

/// The context switches of all threads of this process so far, voluntary or not.
#[cfg(target_os = "linux")]
fn context_switches() -> Option<i64> {
    use nix::sys::resource::{UsageWho, getrusage};

    let usage = getrusage(UsageWho::RUSAGE_SELF).expect("a process may ask what it uses");
    Some(usage.voluntary_context_switches() + usage.involuntary_context_switches())
}

#[cfg(not(target_os = "linux"))]
fn context_switches() -> Option<i64> {
    None
}
