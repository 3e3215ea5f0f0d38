//! The server, in a process of its own.

use std::{
    convert::Infallible,
    io::{self, Read, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        mpsc::{self, Receiver, Sender},
    },
    thread,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    runtime::{Builder, Runtime},
};

use super::{
    Design, GREETING, MESSAGE, POOL, Report,
    usage::{Usage, resident_memory, threads},
};

/// Is the server that [`case`](super::case) measures: serves until stdin closes.
///
/// Binds a free port of the loopback device. Talks to the measuring process in lines of JSON on
/// stdout: the port and the resident memory first; for each line on stdin its memory and threads;
/// when stdin closes, its context switches and processor time since then.
///
/// The threads that serve are not joined: the caller returns from `main` after this.
///
/// # Errors
///
/// If the server cannot start (no port, no thread), or could not go on (it could not accept a
/// connection, or not start a thread for it). Then it has stopped listening, and the error is its
/// last line on stdout too. Also if stdin or stdout fail.
pub fn serve(design: Design) -> io::Result<()> {
    let outcome = try_serve(design);
    tell(&match &outcome {
        Ok(used) => Report::Since {
            context_switches: used.context_switches,
            cpu_s: used.cpu_s,
        },
        Err(error) => Report::Failed {
            error: error.to_string(),
        },
    })?;
    outcome.map(|_| ())
}

fn try_serve(design: Design) -> io::Result<Usage> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let port = listener.local_addr()?.port();
    let running = Running::start(design, listener)?;
    tell(&Report::Listening {
        port,
        rss_kib: resident_memory(),
    })?;

    let mut before = Usage::of_process();
    for line in io::stdin().lines() {
        line?;
        tell(&Report::Now {
            rss_kib: resident_memory(),
            // This thread serves nobody.
            threads: threads().map(|threads| threads - 1),
        })?;
        before = Usage::of_process();
    }
    let used = Usage::of_process().since(before);
    match running.failure.get() {
        Some(failure) => Err(io::Error::other(failure.clone())),
        None => Ok(used),
    }
}

fn tell(report: &Report) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{}", serde_json::to_string(report)?)?;
    stdout.flush()
}

/// A server that runs in the background.
struct Running {
    /// Why it stopped accepting. It then closes the listener, so that clients are refused, not kept
    /// waiting. This is set first: a client that is refused closes stdin, and then asks for it.
    failure: Arc<OnceLock<String>>,
    /// Its tasks run as long as it lives.
    _runtime: Option<Runtime>,
}

impl Running {
    fn start(design: Design, listener: TcpListener) -> io::Result<Running> {
        let failure = Arc::new(OnceLock::new());
        let stopped = {
            let failure = Arc::clone(&failure);
            move |error: io::Error| {
                // It accepts in one place only, so nobody else has set it.
                let _ = failure.set(error.to_string());
            }
        };
        let mut multi_threaded = None;
        match design {
            Design::ThreadPerConnection => {
                spawn("accept", move || thread_per_connection(&listener, stopped))?;
            }
            Design::Pool => {
                let queue = start_pool()?;
                spawn("accept", move || {
                    let Err(error) = fill_queue(&listener, &queue);
                    stopped(error);
                })?;
            }
            Design::SingleThreaded => {
                let runtime = Builder::new_current_thread().enable_io().build()?;
                let listener = for_tasks(&runtime, listener)?;
                spawn("runtime", move || {
                    let Err(error) = runtime.block_on(task_per_connection(&listener));
                    stopped(error);
                })?;
            }
            Design::MultiThreaded => {
                let runtime = Builder::new_multi_thread().enable_io().build()?;
                let listener = for_tasks(&runtime, listener)?;
                runtime.spawn(async move {
                    let Err(error) = task_per_connection(&listener).await;
                    stopped(error);
                });
                multi_threaded = Some(runtime);
            }
        }
        Ok(Running {
            failure,
            _runtime: multi_threaded,
        })
    }
}

/// Starts a thread that ends with the process.
fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    thread::Builder::new()
        .name(name.to_owned())
        .spawn(work)
        .map(|_| ())
        .map_err(|error| {
            let text = format!(
                "the server cannot start the thread `{name}`: {error}; \
                 mend: fewer connections, or higher limits of threads and memory"
            );
            io::Error::new(error.kind(), text)
        })
}

fn accept(listener: &TcpListener) -> io::Result<TcpStream> {
    let (mut stream, _) = listener.accept().map_err(cannot_accept)?;
    stream.set_nodelay(true)?;
    stream.write_all(&[GREETING])?;
    Ok(stream)
}

fn cannot_accept(error: io::Error) -> io::Error {
    let text = format!(
        "the server cannot accept a connection: {error}; \
         mend: fewer connections, or a higher limit of open files"
    );
    io::Error::new(error.kind(), text)
}

fn thread_per_connection(listener: &TcpListener, stopped: impl FnOnce(io::Error)) {
    loop {
        let stream = match accept(listener) {
            Ok(stream) => Arc::new(stream),
            Err(error) => return stopped(error),
        };
        let served = Arc::clone(&stream);
        if let Err(error) = spawn("connection", move || echo(&served)) {
            // `stream` is still open here: see `Running::failure`.
            return stopped(error);
        }
    }
}

fn fill_queue(listener: &TcpListener, queue: &Sender<TcpStream>) -> io::Result<Infallible> {
    loop {
        queue.send(accept(listener)?).map_err(io::Error::other)?;
    }
}

/// Starts the threads of the pool. They serve the connections of the queue in its order.
fn start_pool() -> io::Result<Sender<TcpStream>> {
    let (queue, connections) = mpsc::channel();
    let connections: Arc<Mutex<Receiver<TcpStream>>> = Arc::new(Mutex::new(connections));
    for _ in 0..POOL {
        let connections = Arc::clone(&connections);
        spawn("pool", move || {
            loop {
                let next = connections
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .recv();
                match next {
                    Ok(stream) => echo(&stream),
                    Err(_) => break,
                }
            }
        })?;
    }
    Ok(queue)
}

/// Serves one connection, and blocks its thread while the client is silent.
fn echo(mut stream: &TcpStream) {
    let mut buffer = [0; MESSAGE];
    // An error ends the connection as the end of file does. The client sees it, and reports it.
    while let Ok(length @ 1..) = stream.read(&mut buffer) {
        if stream.write_all(&buffer[..length]).is_err() {
            break;
        }
    }
}

/// The same listener, for tasks of this runtime.
fn for_tasks(runtime: &Runtime, listener: TcpListener) -> io::Result<tokio::net::TcpListener> {
    listener.set_nonblocking(true)?;
    let _guard = runtime.enter();
    tokio::net::TcpListener::from_std(listener)
}

async fn task_per_connection(listener: &tokio::net::TcpListener) -> io::Result<Infallible> {
    loop {
        let (mut stream, _) = listener.accept().await.map_err(cannot_accept)?;
        stream.set_nodelay(true)?;
        stream.write_all(&[GREETING]).await?;
        tokio::spawn(echo_in_task(stream));
    }
}

/// Serves one connection, and lets the runtime run other tasks while the client is silent.
async fn echo_in_task(mut stream: tokio::net::TcpStream) {
    let mut buffer = [0; MESSAGE];
    // As in `echo`.
    while let Ok(length @ 1..) = stream.read(&mut buffer).await {
        if stream.write_all(&buffer[..length]).await.is_err() {
            break;
        }
    }
}
