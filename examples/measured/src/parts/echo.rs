//! An echo server in four designs, with more and more connections.
//!
//! How it is measured, and what its figures do not say, stands in [`crate::echo`]. The memory here is
//! what all connections together, and the first requests, add to the server's resident memory; the
//! kernel's switches are divided by the requests. The share of the time in which the clients' thread was busy
//! tells how far the clients limit the throughput: near 1, they do.

use std::io;

use crate::case::{Case, Figure, Quantity, Unit, number};
use crate::echo::{self, Design};
use crate::{Scale, rounds};

/// What is measured of each design and number of connections: the end of the key, what a table calls
/// it, and its unit.
pub const KINDS: [(&str, &str, Unit); 8] = [
    ("throughput", "requests", Unit::PerSecond),
    ("p50", "median latency", Unit::Microseconds),
    ("p99", "99th percentile of the latency", Unit::Microseconds),
    ("max", "longest latency", Unit::Microseconds),
    ("memory", "memory that the connections add", Unit::Kibibytes),
    (
        "switches",
        "kernel's switches for each request",
        Unit::Count,
    ),
    (
        "server-cpu",
        "processor time of the server for each request",
        Unit::Microseconds,
    ),
    (
        "client-busy",
        "share of the time in which the clients are busy",
        Unit::Count,
    ),
];

/// How many connections, in the full scale.
pub const CONNECTIONS: [usize; 4] = [1, 10, 100, 1_000];

/// What a table calls a design.
pub fn name_of(design: Design) -> &'static str {
    match design {
        Design::ThreadPerConnection => "a thread each",
        Design::Pool => "pool of 8 threads",
        Design::SingleThreaded => "tasks on one thread",
        Design::MultiThreaded => "tasks on all cores",
    }
}

/// The name of a case, with which the keys of its quantities begin.
pub fn key(design: Design, connections: usize) -> String {
    format!("echo/{}/{connections}", design.name())
}

/// The cases of this part.
pub fn cases(scale: Scale) -> Vec<Case> {
    let connections = match scale {
        Scale::Quick => &[1, 100][..],
        Scale::Full => &CONNECTIONS[..],
    };
    // With many connections, the latencies of the pool depend on how many of the requests wait for
    // their turn: there, both scales make as many. With one connection none waits.
    let requests = move |connections| match scale {
        Scale::Quick if connections == 1 => rounds(2_000) as usize,
        _ => rounds(30_000) as usize,
    };
    let mut cases = Vec::new();
    for &connections in connections {
        for design in Design::ALL {
            let key = key(design, connections);
            let quantities = KINDS
                .map(|(kind, label, unit)| {
                    let s = if connections == 1 { "" } else { "s" };
                    let (design, connections) = (name_of(design), number(connections as f64));
                    Quantity::new(
                        format!("{key}/{kind}"),
                        format!("{label}: {connections} connection{s}, {design}"),
                        unit,
                    )
                })
                .into();
            cases.push(Case::new(key, quantities, move || {
                figures(echo::case(design, connections, requests(connections)))
            }));
        }
    }
    cases
}

/// The figures of [`KINDS`], in their order.
fn figures(measured: io::Result<echo::Case>) -> Vec<Figure> {
    let case = match measured {
        Ok(case) => case,
        Err(error) => return vec![Figure::Skipped(error.to_string()); KINDS.len()],
    };
    let or_skipped = |value: Option<f64>| match value {
        Some(value) => Figure::Value(value),
        None => Figure::Skipped("this system does not tell".to_owned()),
    };
    let memory = case
        .rss_kib
        .zip(case.base_rss_kib)
        .map(|(all, base)| all as f64 - base as f64);
    let switches = case
        .context_switches
        .map(|switches| switches as f64 / case.requests as f64);
    let server_cpu = case
        .server_cpu_s
        .map(|seconds| seconds * 1e6 / case.requests as f64);
    vec![
        Figure::Value(case.throughput_per_s),
        Figure::Value(case.p50_us),
        Figure::Value(case.p99_us),
        Figure::Value(case.max_us),
        or_skipped(memory),
        or_skipped(switches),
        or_skipped(server_cpu),
        or_skipped(case.client_busy),
    ]
}
