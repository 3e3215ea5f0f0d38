//! The echo server's designs echo, and what goes wrong is an error, never a hang.

use std::{io, process::Command, time::Duration};

use measured::echo::{self, Case, Design, PATIENCE};

/// As [`echo::case`], with the package's program, because this test has no `main` of its own.
fn case(design: Design, connections: usize, requests: usize) -> io::Result<Case> {
    echo::case_with(program(design), design, connections, requests, PATIENCE)
}

fn program(design: Design) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_measured"));
    program.args([echo::SUBCOMMAND, design.name()]);
    program
}

#[test]
fn each_design_answers_every_request() {
    for design in Design::ALL {
        // 20 connections do not share 103 requests evenly.
        for (connections, requests) in [(1, 50), (20, 103)] {
            let case = case(design, connections, requests).expect("each design echoes");

            assert_eq!(case.design, design);
            assert_eq!(case.connections, connections);
            assert_eq!(
                case.requests, requests,
                "{design}: a latency for each request"
            );
            assert!(case.elapsed_s > 0.0 && case.throughput_per_s > 0.0);
            assert!(0.0 < case.p50_us && case.p50_us <= case.p99_us && case.p99_us <= case.max_us);
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn the_threads_are_those_of_the_design() {
    let connections = 20;
    for design in Design::ALL {
        let case = case(design, connections, connections).expect("each design echoes");
        let threads = case.threads.expect("Linux counts threads");
        let expected = match design {
            // One accepts.
            Design::ThreadPerConnection => 1 + connections,
            Design::Pool => 1 + echo::POOL,
            Design::SingleThreaded => 1,
            Design::MultiThreaded => std::thread::available_parallelism()
                .expect("Linux knows its cores")
                .get(),
        };
        assert_eq!(threads, expected as u64, "{design}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn linux_gives_every_figure() {
    let case = case(Design::SingleThreaded, 20, 200).expect("it echoes");
    let base = case.base_rss_kib.expect("Linux measures memory");
    let with_connections = case.rss_kib.expect("Linux measures memory");
    assert!(0 < base && base <= with_connections);
    assert!(case.context_switches.is_some());
    assert!(case.server_cpu_s.expect("Linux counts processor time") > 0.0);
    assert!(case.client_busy.expect("Linux counts processor time") > 0.0);
}

#[cfg(target_os = "linux")]
#[test]
fn a_thread_per_connection_takes_more_memory_than_a_task() {
    // So many that what they add outweighs the pages of the program that the first requests touch,
    // which are hundreds of KiB.
    let connections = 1_000;
    let grown = |design| {
        let case = case(design, connections, connections).expect("each design echoes");
        let (base, with_connections) = case
            .base_rss_kib
            .zip(case.rss_kib)
            .expect("Linux measures memory");
        with_connections.saturating_sub(base)
    };
    // At least a page of stack and one of thread-local storage, against half a KiB for a task.
    assert!(grown(Design::ThreadPerConnection) > 2 * grown(Design::SingleThreaded));
}

#[test]
fn a_case_goes_through_json() {
    let case = case(Design::Pool, 1, 1).expect("it echoes");
    let json = serde_json::to_string(&case).expect("a case is plain data");
    assert!(json.contains(r#""design":"pool""#), "{json}");
    let read: Case = serde_json::from_str(&json).expect("it is what was written");
    assert_eq!(read.requests, case.requests);
}

#[test]
fn names_of_designs_are_read_as_they_are_written() {
    for design in Design::ALL {
        assert_eq!(design.to_string().parse(), Ok(design));
    }
    let error = "threads".parse::<Design>().expect_err("no such design");
    assert!(error.contains("thread-per-connection"), "{error}");
}

#[test]
fn impossible_cases_are_refused() {
    let most = echo::connections_allowed();
    for (connections, requests) in [(0, 10), (10, 9), (most + 1, most + 1)] {
        let error = case(Design::Pool, connections, requests).expect_err("impossible");
        assert_eq!(error.kind(), io::ErrorKind::InvalidInput, "{error}");
        assert!(error.to_string().contains("mend: "), "{error}");
    }
}

/// What comes of a program that is not the server.
fn error_of(server: Command, patience: Duration) -> io::Error {
    echo::case_with(server, Design::SingleThreaded, 1, 1, patience)
        .expect_err("this is no echo server")
}

#[test]
fn a_program_that_is_not_there_is_an_error() {
    let error = error_of(Command::new("./no-such-program"), PATIENCE);
    assert_eq!(error.kind(), io::ErrorKind::NotFound);
    assert!(error.to_string().contains("no-such-program"), "{error}");
}

#[test]
fn a_program_that_ends_at_once_is_an_error() {
    // It does not know the design, and says so with its exit code.
    let mut server = Command::new(env!("CARGO_BIN_EXE_measured"));
    server.args([echo::SUBCOMMAND, "no-such-design"]);
    let error = error_of(server, PATIENCE);
    assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
    assert!(error.to_string().contains("exit"), "{error}");
}

/// With room for some stacks of 2 MiB, but not for 500.
#[cfg(target_os = "linux")]
#[test]
fn a_server_that_gets_no_more_threads_says_so() {
    let design = Design::ThreadPerConnection;
    let mut limited = Command::new("sh");
    limited.args(["-c", r#"ulimit -v 400000 && exec "$@""#, "sh"]);
    let server = program(design);
    limited.arg(server.get_program());
    limited.args(server.get_args());
    let error = echo::case_with(limited, design, 500, 500, PATIENCE).expect_err("no room for 500");
    let error = error.to_string();
    // A thread that starts on the last of the memory finds none for its own needs, and std aborts
    // the process: then nobody is left to say why.
    let refused = error.contains("cannot start the thread") && error.contains("mend: ");
    let aborted = error.contains("the server ended with signal");
    assert!(refused || aborted, "{error}");
}

/// Programs that pretend to be the server.
#[cfg(unix)]
mod impostors {
    use std::{
        io::{self, Read, Write},
        net::{Ipv4Addr, TcpListener, TcpStream},
        process::Command,
        thread,
        time::Duration,
    };

    use measured::echo::{MESSAGE, PATIENCE};

    use super::error_of;

    fn shell(script: &str) -> Command {
        let mut shell = Command::new("sh");
        shell.args(["-c", script]);
        shell
    }

    /// A process that says that the server listens on `port`, and ends when its stdin does.
    fn says_port(port: u16) -> Command {
        shell(&format!(
            r#"echo '{{"Listening":{{"port":{port},"rss_kib":null}}}}'; cat >/dev/null"#
        ))
    }

    /// A server for one connection, and its port.
    fn server(serve: impl FnOnce(TcpStream) + Send + 'static) -> u16 {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
        let port = listener.local_addr().expect("it is bound").port();
        thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("a client connects");
            stream.write_all(b"+").expect("the client reads");
            serve(stream);
        });
        port
    }

    #[test]
    fn another_program_is_an_error() {
        let error = error_of(shell("echo hello; cat >/dev/null"), PATIENCE);
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
        assert!(error.to_string().contains("hello"), "{error}");
    }

    #[test]
    fn a_silent_program_is_an_error() {
        let error = error_of(shell("exec sleep 1000"), Duration::from_millis(100));
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
    }

    #[test]
    fn a_server_that_does_not_listen_is_an_error() {
        // The listener is gone at the end of this statement.
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .and_then(|listener| listener.local_addr())
            .expect("a port is free")
            .port();
        let error = error_of(says_port(port), PATIENCE);
        assert_eq!(error.kind(), io::ErrorKind::ConnectionRefused, "{error}");
    }

    #[test]
    fn a_server_that_hangs_up_is_an_error() {
        let port = server(|mut stream| {
            stream
                .read_exact(&mut [0; MESSAGE])
                .expect("the client sends");
        });
        let error = error_of(says_port(port), PATIENCE);
        assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof, "{error}");
    }

    #[test]
    fn a_server_that_answers_nothing_is_an_error() {
        let port = server(|mut stream| {
            // It reads until the client has given up.
            io::copy(&mut stream, &mut io::sink()).expect("the client closes");
        });
        let error = error_of(says_port(port), Duration::from_millis(500));
        assert_eq!(error.kind(), io::ErrorKind::TimedOut, "{error}");
    }

    #[test]
    fn a_wrong_echo_is_an_error() {
        let port = server(|mut stream| {
            let mut message = [0; MESSAGE];
            stream.read_exact(&mut message).expect("the client sends");
            message[MESSAGE / 2] ^= 1;
            stream.write_all(&message).expect("the client reads");
        });
        let error = error_of(says_port(port), PATIENCE);
        assert_eq!(error.kind(), io::ErrorKind::InvalidData, "{error}");
    }
}
