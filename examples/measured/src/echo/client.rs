//! The clients, and the process that measures.

use std::{
    env,
    io::{self, ErrorKind},
    net::Ipv4Addr,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use hdrhistogram::Histogram;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, Lines},
    net::TcpStream,
    process::{Child, ChildStdin, ChildStdout},
    runtime::Builder,
    task::{JoinSet, yield_now},
    time::timeout,
};

use super::{
    Case, Design, GREETING, MESSAGE, Report, SUBCOMMAND, connections_allowed, usage::thread_time,
};

/// The longest that [`case`] waits for one step: for a report of the server, for all clients to
/// connect, for the warm-up, or for all of the measured requests.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Requests of the warm-up, over all connections, if they are fewer than that many.
const WARM_UP: usize = 200;

/// Measures one design: so many connections, and so many requests over all of them.
///
/// Starts the current executable again, with the arguments [`SUBCOMMAND`] and the design's name, as
/// the server; its `main` has to call [`serve`](super::serve) then. The method, and what the figures
/// do not say, are in the documentation of the [module](super).
///
/// # Errors
///
/// - [`InvalidInput`](ErrorKind::InvalidInput) if there are no connections, fewer requests than
///   connections, or more connections than [`connections_allowed`].
/// - [`TimedOut`](ErrorKind::TimedOut) if a step takes longer than [`PATIENCE`].
/// - [`InvalidData`](ErrorKind::InvalidData) if an echo is not what was sent, or if the executable
///   does not behave as the server.
/// - Any other if the server cannot be started, ends, or cannot go on, for example for want of
///   threads. The error holds the server's own words.
///
/// The server has ended when this returns, in any case.
///
/// # Panics
///
/// If called from async code: it blocks its thread on a runtime of its own.
pub fn case(design: Design, connections: usize, requests: usize) -> io::Result<Case> {
    let mut server = Command::new(env::current_exe()?);
    server.args([SUBCOMMAND, design.name()]);
    case_with(server, design, connections, requests, PATIENCE)
}

/// As [`case`], with another program as the server, and another limit for each step.
///
/// # Errors
///
/// As [`case`].
///
/// # Panics
///
/// As [`case`].
pub fn case_with(
    server: Command,
    design: Design,
    connections: usize,
    requests: usize,
    patience: Duration,
) -> io::Result<Case> {
    let refused = |text| Err(io::Error::new(ErrorKind::InvalidInput, text));
    if connections == 0 {
        return refused("no connections; mend: at least 1".to_owned());
    }
    if requests < connections {
        return refused(format!(
            "{requests} requests over {connections} connections; mend: at least one for each"
        ));
    }
    let most = connections_allowed();
    if connections > most {
        return refused(format!(
            "{connections} connections, and the system allows {most}; \
             mend: fewer, or a higher limit of open files (`ulimit -n`)"
        ));
    }
    Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(async {
            let mut server = Server::start(server, patience)?;
            let outcome = measure(&mut server, design, connections, requests, patience).await;
            server.end(outcome).await
        })
}

async fn measure(
    server: &mut Server,
    design: Design,
    connections: usize,
    requests: usize,
    patience: Duration,
) -> io::Result<Case> {
    let (port, base_rss_kib) = match server.report().await? {
        Report::Listening { port, rss_kib } => (port, rss_kib),
        other => return Err(out_of_turn(&other)),
    };
    let mut streams = within(patience, "the clients to connect", async {
        let mut streams = Vec::with_capacity(connections);
        for _ in 0..connections {
            streams.push(connect(port).await?);
        }
        Ok(streams)
    })
    .await?;

    let waiting = streams.split_off(design.served_at_once(connections));
    let each = WARM_UP.div_ceil(streams.len());
    let warm_up = within(patience, "the warm-up", run(streams, |_| each, false)).await?;
    let mut streams = warm_up.streams;
    streams.extend(waiting);

    let (rss_kib, threads) = server.now().await?;
    let share = |client| requests / connections + usize::from(client < requests % connections);
    // Only a pool needs it, to come to the next.
    let leave = design == Design::Pool;
    let measured = within(patience, "the requests", run(streams, share, leave)).await?;
    let (context_switches, server_cpu_s) = server.since().await?;

    let mut latencies = Histogram::<u64>::new(3).map_err(io::Error::other)?;
    for nanoseconds in measured.latencies {
        latencies.record(nanoseconds).map_err(io::Error::other)?;
    }
    let requests = usize::try_from(latencies.len()).map_err(io::Error::other)?;
    let elapsed_s = measured.elapsed.as_secs_f64();
    let microseconds = |nanoseconds: u64| nanoseconds as f64 / 1e3;
    Ok(Case {
        design,
        connections,
        requests,
        elapsed_s,
        throughput_per_s: requests as f64 / elapsed_s,
        p50_us: microseconds(latencies.value_at_quantile(0.5)),
        p99_us: microseconds(latencies.value_at_quantile(0.99)),
        max_us: microseconds(latencies.max()),
        rss_kib,
        base_rss_kib,
        threads,
        context_switches,
        server_cpu_s,
        client_busy: measured.used.map(|used| used.as_secs_f64() / elapsed_s),
    })
}

/// Connects, and waits until the server has accepted.
async fn connect(port: u16) -> io::Result<TcpStream> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await?;
    stream.set_nodelay(true)?;
    match stream.read_u8().await? {
        GREETING => Ok(stream),
        other => Err(io::Error::new(
            ErrorKind::InvalidData,
            format!("the server greets with {other:#04x} instead of {GREETING:#04x}"),
        )),
    }
}

/// What a run of all clients gave.
struct Run {
    /// The connections that are still open, in their order.
    streams: Vec<TcpStream>,
    /// In nanoseconds.
    latencies: Vec<u64>,
    elapsed: Duration,
    /// Processor time of the clients' thread.
    used: Option<Duration>,
}

/// Lets all clients make their share of requests at once. With `leave`, each closes its connection
/// when it has made them.
async fn run(
    streams: Vec<TcpStream>,
    share: impl Fn(usize) -> usize,
    leave: bool,
) -> io::Result<Run> {
    let connections = streams.len();
    let mut clients = JoinSet::new();
    for (client, stream) in streams.into_iter().enumerate() {
        clients.spawn(make_requests(stream, client, share(client), leave));
    }
    // The runtime has this thread only, so no client has run yet: they all start at the first await
    // below.
    let before = thread_time();
    let started = Instant::now();
    let mut done = Vec::with_capacity(connections);
    while let Some(client) = clients.join_next().await {
        // A client does not panic, and nobody cancels it.
        done.push(client.map_err(io::Error::other)??);
    }
    let elapsed = started.elapsed();
    let used = thread_time()
        .zip(before)
        .map(|(now, then)| now.saturating_sub(then));

    done.sort_unstable_by_key(|client| client.client);
    let mut streams = Vec::new();
    let mut latencies = Vec::new();
    for client in done {
        streams.extend(client.stream);
        latencies.extend(client.latencies);
    }
    Ok(Run {
        streams,
        latencies,
        elapsed,
        used,
    })
}

/// A client that has made its requests.
struct Done {
    client: usize,
    stream: Option<TcpStream>,
    latencies: Vec<u64>,
}

async fn make_requests(
    mut stream: TcpStream,
    client: usize,
    requests: usize,
    leave: bool,
) -> io::Result<Done> {
    let mut latencies = Vec::with_capacity(requests);
    let mut message = [0; MESSAGE];
    let mut echo = [0; MESSAGE];
    for request in 0..requests {
        // Each message is another one, so that an answer to somebody else is noticed.
        message[..8].copy_from_slice(&(client as u64).to_le_bytes());
        message[MESSAGE - 8..].copy_from_slice(&(request as u64).to_le_bytes());
        let sent = Instant::now();
        stream.write_all(&message).await?;
        // Some servers answer before the write returns. This client would then go on alone, while
        // those behind it have sent nothing.
        yield_now().await;
        stream.read_exact(&mut echo).await?;
        latencies.push(u64::try_from(sent.elapsed().as_nanos()).unwrap_or(u64::MAX));
        if echo != message {
            return Err(io::Error::new(
                ErrorKind::InvalidData,
                format!("the echo of request {request} of client {client} is not what was sent"),
            ));
        }
    }
    Ok(Done {
        client,
        stream: (!leave).then_some(stream),
        latencies,
    })
}

/// The process of the server, as this one sees it.
struct Server {
    process: Child,
    /// `None` once the server has been told to end.
    stdin: Option<ChildStdin>,
    reports: Lines<BufReader<ChildStdout>>,
    patience: Duration,
}

impl Server {
    fn start(command: Command, patience: Duration) -> io::Result<Server> {
        let program = command.get_program().to_string_lossy().into_owned();
        let mut process = tokio::process::Command::from(command)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // What `main` or a panic prints there is in the report already, or in the exit code.
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| {
                let text = format!("the server `{program}` cannot be started: {error}");
                io::Error::new(error.kind(), text)
            })?;
        let stdin = process.stdin.take();
        let stdout = process.stdout.take().expect("stdout is a pipe");
        Ok(Server {
            process,
            stdin,
            reports: BufReader::new(stdout).lines(),
            patience,
        })
    }

    /// The next line that the server says.
    async fn report(&mut self) -> io::Result<Report> {
        let line = within(
            self.patience,
            "a report of the server",
            self.reports.next_line(),
        )
        .await?
        .ok_or_else(|| {
            io::Error::new(ErrorKind::UnexpectedEof, "the server has closed its stdout")
        })?;
        match serde_json::from_str(&line) {
            Ok(Report::Failed { error }) => Err(io::Error::other(error)),
            Ok(report) => Ok(report),
            Err(_) => Err(io::Error::new(
                ErrorKind::InvalidData,
                format!(
                    "the server says {line:?}, which is no report; mend: the program calls \
                     `echo::serve`, and prints nothing, if its first argument is `{SUBCOMMAND}`"
                ),
            )),
        }
    }

    /// The server's resident memory in KiB and its threads.
    async fn now(&mut self) -> io::Result<(Option<u64>, Option<u64>)> {
        let stdin = self
            .stdin
            .as_mut()
            .expect("only `since` and `end` close it");
        within(
            self.patience,
            "the server's stdin",
            stdin.write_all(b"now\n"),
        )
        .await?;
        match self.report().await? {
            Report::Now { rss_kib, threads } => Ok((rss_kib, threads)),
            other => Err(out_of_turn(&other)),
        }
    }

    /// Tells the server to end. Its context switches and its processor seconds since
    /// [`now`](Server::now).
    async fn since(&mut self) -> io::Result<(Option<u64>, Option<f64>)> {
        self.stdin = None;
        match self.report().await? {
            Report::Since {
                context_switches,
                cpu_s,
            } => Ok((context_switches, cpu_s)),
            other => Err(out_of_turn(&other)),
        }
    }

    /// Waits until the server has ended, or kills it if something went wrong. Then asks it why, for
    /// a client sees no more than a closed connection.
    async fn end<T>(mut self, outcome: io::Result<T>) -> io::Result<T> {
        self.stdin = None;
        let outcome = match outcome {
            Ok(measured) => {
                let status = within(self.patience, "the server to end", self.process.wait()).await;
                status.and_then(|status| {
                    if status.success() {
                        Ok(measured)
                    } else {
                        Err(io::Error::other(format!("the server ended with {status}")))
                    }
                })
            }
            // It had all of the patience already.
            Err(error) if error.kind() == ErrorKind::TimedOut => Err(error),
            Err(error) => Err(self.reason(error).await),
        };
        if outcome.is_err() {
            // An error here means that it has ended already.
            let _ = self.process.kill().await;
        }
        outcome
    }

    /// The server's own words, if it has any about this error, and how it ended.
    async fn reason(&mut self, error: io::Error) -> io::Error {
        let last_words = async {
            while let Some(line) = self.reports.next_line().await? {
                if let Ok(Report::Failed { error }) = serde_json::from_str(&line) {
                    return Ok(error);
                }
            }
            let status = self.process.wait().await?;
            Ok::<_, io::Error>(format!("the server ended with {status}"))
        };
        match timeout(self.patience, last_words).await {
            Ok(Ok(words)) => io::Error::new(error.kind(), format!("{error}: {words}")),
            _ => error,
        }
    }
}

fn out_of_turn(report: &Report) -> io::Error {
    io::Error::new(
        ErrorKind::InvalidData,
        format!("the server says {report:?} out of turn"),
    )
}

/// Awaits a step, but not forever.
async fn within<T>(
    patience: Duration,
    what: &str,
    step: impl Future<Output = io::Result<T>>,
) -> io::Result<T> {
    timeout(patience, step).await.unwrap_or_else(|_| {
        Err(io::Error::new(
            ErrorKind::TimedOut,
            format!("waited {patience:?} for {what}"),
        ))
    })
}
