//! The echo server with callbacks.

use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::sync::Arc;

use mio::net::TcpListener;
use mio::{Interest, Waker};

use crate::connection::Connection;
use crate::event_loop::{EventLoop, Next, Report};
use crate::is_of_one_client;

/// An echo server that listens, and serves once [`run`](Self::run) is called.
pub struct Server {
    event_loop: EventLoop,
    address: SocketAddr,
    /// Kept here too, because a waker that is dropped may take its event with it.
    stop: Arc<Waker>,
}

impl Server {
    /// Listens at a port of this machine that the kernel chooses.
    ///
    /// # Errors
    ///
    /// If the system refuses to listen.
    pub fn bind() -> io::Result<Self> {
        let mut event_loop = EventLoop::new()?;
        let stop = event_loop.on_wake(|event_loop| event_loop.stop(Ok(())))?;

        let listener = TcpListener::bind(([127, 0, 0, 1], 0).into())?;
        let address = listener.local_addr()?;
        event_loop.watch(
            listener,
            Interest::READABLE,
            |event_loop, listener| match accept_all(event_loop, listener) {
                Ok(()) => Ok(Next::Wait(Interest::READABLE)),
                Err(error) => {
                    event_loop.stop(Err(error));
                    Ok(Next::Close)
                }
            },
        )?;
        Ok(Self {
            event_loop,
            address,
            stop: Arc::new(stop),
        })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// A handle whose `wake` ends the server, from any thread.
    #[must_use]
    pub fn stopper(&self) -> Arc<Waker> {
        Arc::clone(&self.stop)
    }

    /// Serves until somebody wakes the [`stopper`](Self::stopper). Open connections are closed
    /// then.
    ///
    /// # Errors
    ///
    /// If the server can accept no more clients.
    pub fn run(self) -> io::Result<Report> {
        self.event_loop.run()
    }
}

// ANCHOR: accept
fn accept_all(event_loop: &mut EventLoop, listener: &mut TcpListener) -> io::Result<()> {
    loop {
        match listener.accept() {
            Ok((socket, _)) => {
                let mut connection = Connection::new();
                event_loop.watch(socket, Interest::READABLE, move |_, socket| {
                    connection.advance(socket)
                })?;
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(()),
            Err(error) if is_of_one_client(&error) => {}
            Err(error) => return Err(error),
        }
    }
}
// ANCHOR_END: accept
