//! What others have published, with its source.
//!
//! The figures are theirs, measured on their machines, with their versions of everything. They stand
//! beside ours for scale, not for a contest.

/// Where a figure was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// Who published it, and where in it the figure stands.
    pub name: &'static str,
    /// Its address.
    pub url: &'static str,
    /// When it was published or last revised: a year and a month, or empty if it bears no date.
    pub date: &'static str,
    /// On what it was measured, or empty.
    pub measured_on: &'static str,
}

/// A published figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Published {
    /// The quantity of ours that it stands beside.
    pub key: &'static str,
    /// The figure as published, or what follows from it by the calculation in `how`.
    pub figure: &'static str,
    /// The same, as a number in the unit of the quantity.
    pub value: f64,
    /// What differs from ours, or how the figure follows from what is published; may be empty.
    pub how: &'static str,
    /// Where.
    pub source: &'static Source,
}

/// Jim Blandy's comparison of tasks and threads.
pub const BLANDY: Source = Source {
    name: "Jim Blandy, context-switch, README",
    url: "https://github.com/jimblandy/context-switch",
    date: "2024-11",
    measured_on: "a laptop with 4 cores and 32 GiB, some years earlier",
};

/// The memory of a million tasks in several languages.
pub const HEZ2010: Source = Source {
    name: "hez2010, async-runtimes-benchmarks-2024, RESULT.md",
    url: "https://github.com/hez2010/async-runtimes-benchmarks-2024",
    date: "2024-12",
    measured_on: "",
};

/// Tokio's tutorial.
pub const TOKIO_TUTORIAL: Source = Source {
    name: "Tokio, tutorial, Spawning",
    url: "https://tokio.rs/tokio/tutorial/spawning",
    date: "",
    measured_on: "",
};

/// All published figures that stand beside ours.
pub const PUBLISHED: &[Published] = &[
    Published {
        key: "memory/threads/10000",
        figure: "9.5 KiB",
        value: 9.5,
        how: "about, by regression over many sizes; and about 10 KiB in the kernel",
        source: &BLANDY,
    },
    Published {
        key: "memory/tasks/10000",
        figure: "0.4 KiB",
        value: 0.4,
        how: "about, by regression over many sizes",
        source: &BLANDY,
    },
    Published {
        key: "memory/sleeping-tasks/100000",
        figure: "0.45 KiB",
        value: 0.45,
        how: "46.2 MB for 100,000 tasks of tokio's `spawn` that sleep, the program itself included",
        source: &HEZ2010,
    },
    Published {
        key: "creation/thread/spawn",
        figure: "17 µs",
        value: 17.0,
        how: "about; twenty are created and then joined, all within the time",
        source: &BLANDY,
    },
    Published {
        key: "creation/task/spawn",
        figure: "0.3 µs",
        value: 0.3,
        how: "about; with async-std, and the clock read for each",
        source: &BLANDY,
    },
    Published {
        key: "switches/tasks/channel/time",
        figure: "200 ns",
        value: 200.0,
        how: "about; from one to the next of 500, on one thread, less what the channel itself takes",
        source: &BLANDY,
    },
    Published {
        key: "switches/threads/channel/time",
        figure: "1,700 ns",
        value: 1_700.0,
        how: "about; through sockets, less what the socket itself takes",
        source: &BLANDY,
    },
    Published {
        key: "switches/tasks/socket/time",
        figure: "3,589 ns",
        value: 3_589.0,
        how: "from one to the next of 500, on tokio's runtime of several threads",
        source: &BLANDY,
    },
    Published {
        key: "switches/threads/socket/time",
        figure: "5,313 ns",
        value: 5_313.0,
        how: "from one to the next of 500",
        source: &BLANDY,
    },
    Published {
        key: "switches/threads-on-one-core/socket/time",
        figure: "3,417 ns",
        value: 3_417.0,
        how: "from one to the next of 500",
        source: &BLANDY,
    },
    Published {
        key: "allocations/spawn",
        figure: "1",
        value: 1.0,
        how: "",
        source: &TOKIO_TUTORIAL,
    },
    Published {
        key: "allocations/spawn-bytes",
        figure: "64 bytes",
        value: 64.0,
        how: "",
        source: &TOKIO_TUTORIAL,
    },
];

/// All sources, in the order of the figures.
pub fn sources() -> Vec<&'static Source> {
    let mut sources = Vec::new();
    for published in PUBLISHED {
        if !sources.contains(&published.source) {
            sources.push(published.source);
        }
    }
    sources
}

/// The published figures for this quantity.
pub fn of(key: &str) -> impl Iterator<Item = &'static Published> {
    PUBLISHED
        .iter()
        .filter(move |published| published.key == key)
}

#[cfg(test)]
mod tests {
    use super::PUBLISHED;
    use crate::parts::quantities;

    #[test]
    fn each_stands_beside_one_of_ours() {
        let keys: Vec<_> = quantities().into_iter().map(|q| q.key).collect();
        for published in PUBLISHED {
            assert!(keys.iter().any(|key| key == published.key), "{published:?}");
            assert!(published.source.url.starts_with("https://"));
        }
    }
}
