//! How many connections the machine allows.

/// Below the number of ports that the systems in use give to outgoing connections by default: 28,232
/// on Linux, 16,384 on macOS and Windows. Each connection takes one.
const PORTS: usize = 16_000;

/// Files that a process has open besides its connections: the standard streams, the listener, the
/// runtime's, the pipes to the other process, and room for what the caller has open.
#[cfg(unix)]
const OTHER_FILES: usize = 64;

/// The most connections that [`case`](super::case) can open here.
///
/// On Unix, raises this process's soft limit of open files to the hard one, where the system lets it;
/// the server inherits that. Server and clients are two processes, and a connection is one open file
/// in each: so this is the limit less 64 for what else is open. At most 16,000, because each
/// connection takes one of the ports for outgoing connections too. 0 if the limit is below 64.
pub fn connections_allowed() -> usize {
    #[cfg(unix)]
    return open_files().saturating_sub(OTHER_FILES).min(PORTS);
    #[cfg(not(unix))]
    return PORTS;
}

/// The soft limit of open files, raised as far as possible.
#[cfg(unix)]
fn open_files() -> usize {
    use nix::sys::resource::{Resource, getrlimit, setrlimit};

    let Ok((soft, hard)) = getrlimit(Resource::RLIMIT_NOFILE) else {
        // POSIX lets every process have this many.
        return 20;
    };
    // macOS says that there is no hard limit, and then accepts no more than OPEN_MAX of its
    // <sys/syslimits.h>.
    let open_max = 10_240;
    let raised = [hard, open_max]
        .into_iter()
        .filter(|&limit| soft < limit && limit <= hard)
        .find(|&limit| setrlimit(Resource::RLIMIT_NOFILE, limit, hard).is_ok());
    usize::try_from(raised.unwrap_or(soft)).unwrap_or(usize::MAX)
}
