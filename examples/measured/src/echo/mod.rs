//! An echo server over TCP in four designs, measured from outside.
//!
//! # Method
//!
//! [`case`] starts the server in a process of its own, so that the memory, the threads and the
//! context switches are the server's alone. The clients run in the calling process: one thread, one
//! tokio task a connection, the same for all designs. They talk over the loopback device, with
//! `TCP_NODELAY` on both sides.
//!
//! 1. The clients connect one after the other. The server's accepting code greets each connection
//!    with one byte, and the next client connects when the greeting has arrived. So the queue of
//!    the listening socket never holds more than one connection, and no connection request is
//!    dropped and sent again a second later.
//! 2. Warm-up: each connection that the server can serve now makes some requests, which are not
//!    counted. At least one each, and 200 in all.
//! 3. The server reports its resident memory and its threads. All connections are open, and all
//!    that it serves have had an answer.
//! 4. The clock starts. All clients have their share of the requests: each sends 64 bytes, lets the
//!    other clients send theirs, waits for all of the echo, compares it, records the time, and sends
//!    the next. So all connections are busy at once, also where the server answers so fast that the
//!    answer is there when the write returns.
//! 5. The clock stops when the last client has its last answer. The server reports its context
//!    switches and its processor time since step 3, and ends.
//!
//! # The designs
//!
//! Each design has the same loop (read up to 64 bytes, write them back, until end of file) and the
//! same accepting code. What differs is who runs the loop; see [`Design`].
//!
//! A [pool](Design::Pool) of `POOL` threads serves `POOL` connections at a time, each until its end;
//! the others are accepted and greeted, and wait in the pool's queue. Two things follow, for this
//! design only: the connections that wait are not warmed up, and a client closes its connection once
//! it has made its share, because nobody after it would be served otherwise. In the other designs,
//! all connections stay open until the clock has stopped. The first request of a client that waits
//! in the queue is sent when the clock starts, so its recorded time holds the whole wait. One of the
//! `requests / connections` requests of such a client waits like that: whether this shows in `p99_us`
//! depends on that share, and `max_us` shows it always.
//!
//! # What the figures do not say
//!
//! - **The clients share the machine's cores with the server**, and the clients' one thread does as
//!   much for a request as the server does: it can be what limits the throughput. Compare
//!   `client_busy` with the server's `server_cpu_s / elapsed_s`. If `client_busy` is near 1, the
//!   throughput is a lower bound of what the server could do. If the two add up to 1 on a machine
//!   with more cores, the kernel has kept both processes on one core, or other programs had the rest:
//!   then the throughput tells what a request costs both sides together. `server_cpu_s` is the
//!   server's side of it.
//! - **The loop is closed**: a client does not send while it waits. A server that stalls is asked
//!   less meanwhile, so a stall of one second is one slow request a connection, not all those that
//!   would have come in that second from clients that do not know of each other. This is the
//!   *coordinated omission*: the percentiles are those of this load, and too good for an open one.
//!   They are not corrected. With all connections busy, the mean latency is about the connections
//!   divided by the throughput (Little's law): with many connections, the latency says the same as
//!   the throughput, from the other side.
//! - A latency is measured in the client's task. It holds the time that an answer waits until the
//!   clients' thread comes to it, which grows with the connections.
//! - Shares are fixed, so that each connection counts the same. At the end, when some clients are
//!   done, fewer connections than stated are busy.
//! - Loopback has no distance and no loss, and the clients are never slow.
//! - Resident memory is the process's. The kernel's socket buffers, and its own side of a thread (the
//!   kernel stack, for one), are not in it. The 64-byte buffer of a connection is the smallest that
//!   does; a larger one costs each design the same.

mod client;
mod limits;
mod server;
mod usage;

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

pub use client::{PATIENCE, case, case_with};
pub use limits::connections_allowed;
pub use server::serve;

/// The first argument with which [`case`] starts the current executable again. The second is the
/// design's name. The program has to call [`serve`] then, and nothing else.
pub const SUBCOMMAND: &str = "serve-echo";

/// The threads of [`Design::Pool`] that serve connections.
pub const POOL: usize = 8;

/// The bytes of one request, and of its answer.
pub const MESSAGE: usize = 64;

/// The byte that the server sends when it has accepted a connection.
const GREETING: u8 = b'+';

/// Who runs the loop that serves a connection.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[serde(rename_all = "kebab-case")]
pub enum Design {
    /// A thread for each connection, with std's default stack, and one that accepts.
    ThreadPerConnection,
    /// [`POOL`] threads, each of which serves a connection until its end and then takes the next
    /// from a queue, and one thread that accepts and fills the queue.
    Pool,
    /// A task for each connection, and one that accepts, on tokio's `current_thread` runtime.
    SingleThreaded,
    /// A task for each connection, and one that accepts, on tokio's `multi_thread` runtime with its
    /// default number of workers: one for each core.
    MultiThreaded,
}

impl Design {
    /// All designs, in the order of the tables.
    pub const ALL: [Design; 4] = [
        Design::ThreadPerConnection,
        Design::Pool,
        Design::SingleThreaded,
        Design::MultiThreaded,
    ];

    /// The name, as in [`Display`](fmt::Display), in JSON and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Design::ThreadPerConnection => "thread-per-connection",
            Design::Pool => "pool",
            Design::SingleThreaded => "single-threaded",
            Design::MultiThreaded => "multi-threaded",
        }
    }

    /// How many of so many open connections the server serves at a time.
    fn served_at_once(self, connections: usize) -> usize {
        match self {
            Design::Pool => connections.min(POOL),
            _ => connections,
        }
    }
}

impl fmt::Display for Design {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Design {
    type Err = String;

    /// # Errors
    ///
    /// If there is no design of that [name](Design::name). The error lists the names.
    fn from_str(name: &str) -> Result<Design, String> {
        Design::ALL
            .into_iter()
            .find(|design| design.name() == name)
            .ok_or_else(|| {
                let names = Design::ALL.map(Design::name).join(", ");
                format!("no design is called `{name}`; the designs are {names}")
            })
    }
}

/// What one run of [`case`] measured.
///
/// A figure that the system does not give is `None`.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Case {
    /// Who ran the loop that serves a connection.
    pub design: Design,
    /// Connections open at once. The [pool](Design::Pool) serves at most [`POOL`] of them at a time.
    pub connections: usize,
    /// Answers that came back, and latencies recorded: the sum over all connections, without the
    /// warm-up.
    pub requests: usize,
    /// Seconds from the first request to the last answer.
    pub elapsed_s: f64,
    /// Requests a second, over all connections.
    pub throughput_per_s: f64,
    /// Median latency in microseconds, to three significant digits.
    pub p50_us: f64,
    /// 99th percentile of the latency in microseconds, to three significant digits.
    pub p99_us: f64,
    /// Longest latency in microseconds, to three significant digits.
    pub max_us: f64,
    /// The server's resident memory in KiB with all connections open, after the warm-up. From
    /// `/proc/self/smaps_rollup`; Linux only.
    pub rss_kib: Option<u64>,
    /// The server's resident memory in KiB while it listened and nobody had connected. Linux only.
    pub base_rss_kib: Option<u64>,
    /// The server's threads with all connections open, without the one that talks to the measuring
    /// process. From `/proc/self/stat`; Linux only.
    pub threads: Option<u64>,
    /// Context switches of the server's threads, voluntary and not, during the measured requests.
    /// From `getrusage`; Unix only.
    pub context_switches: Option<u64>,
    /// Processor seconds, user and system, that the server used during the measured requests. From
    /// `getrusage`; Unix only.
    pub server_cpu_s: Option<f64>,
    /// The part of `elapsed_s` in which the thread of the clients was on a core, from 0 to 1. From
    /// its processor clock; Linux only.
    pub client_busy: Option<f64>,
}

/// What the server tells the process that measures it: each a line of JSON on its stdout.
#[derive(Serialize, Deserialize, Debug)]
enum Report {
    /// It listens on this port of the loopback device.
    Listening { port: u16, rss_kib: Option<u64> },
    /// The answer to a line on stdin: what it uses now. Counts start anew.
    Now {
        rss_kib: Option<u64>,
        threads: Option<u64>,
    },
    /// The answer to the end of stdin, and the last line: what it used since [`Report::Now`].
    Since {
        context_switches: Option<u64>,
        cpu_s: Option<f64>,
    },
    /// The last line: why it cannot go on.
    Failed { error: String },
}
