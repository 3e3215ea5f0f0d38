//! One echo server, written twice: with callbacks on an event loop, and as `async fn`.
//!
//! This is the library of the book's chapter on events and callbacks. An echo server sends back
//! each byte that a client sends.
//!
//! - `src/event_loop.rs` is an event loop over [`mio`]: it calls a callback for each event.
//! - `src/connection.rs` is what one connection of the first server has to remember between two
//!   callbacks, and how it goes on.
//! - `src/callbacks.rs` is the first server, made of the two.
//! - `src/tasks.rs` is the second, made of tokio's tasks.
//! - `src/running.rs` runs either on a thread of its own, for programs and tests.
//! - `tests/echo.rs` puts the same questions to both servers. `tests/connection.rs` gives a
//!   connection a socket that says what the test wants. `src/event_loop/tests.rs` gives the loop
//!   events and sources of the test's own, `tests/event_loop.rs` those of the kernel.
//!   `tests/pages.rs` holds what the chapter says of these files.

#![forbid(unsafe_code)]

pub mod callbacks;
mod connection;
mod event_loop;
mod running;
pub mod tasks;

pub use connection::Connection;
pub use event_loop::{EventLoop, Next, Report};
pub use running::Running;

use std::io::{self, ErrorKind};

/// Whether an error of `accept` is about one client only, so that the server goes on.
///
/// On Linux `accept` also returns what the network has reported of the new connection. Its manual
/// names more such errors than std has kinds for (`EPROTO`, for one); a server for strangers needs
/// them all. Any other error ends a server of this library. One that has to outlive a shortage of
/// file descriptors would wait a little instead, and accept again.
fn is_of_one_client(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::ConnectionAborted
            | ErrorKind::ConnectionReset
            | ErrorKind::HostUnreachable
            | ErrorKind::NetworkUnreachable
            | ErrorKind::NetworkDown
            | ErrorKind::Interrupted
    )
}
