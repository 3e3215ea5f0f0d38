use std::io;
use std::net::SocketAddr;
use std::thread::{self, JoinHandle};

use tokio::net::TcpListener;
use tokio::runtime;
use tokio::sync::oneshot;

use crate::callbacks::Server;
use crate::tasks::serve;

/// An echo server on a thread of its own.
///
/// Only [`stop`](Self::stop) ends both servers. Without it the one with callbacks runs until the
/// process ends, and the one made of tasks ends at some time after the drop.
#[must_use = "only `stop` ends the server"]
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    stop: Box<dyn FnOnce() -> io::Result<()> + Send>,
    /// The server's thread, which returns how many connections failed.
    thread: JoinHandle<io::Result<u64>>,
}

impl Running {
    /// Starts the server with callbacks.
    ///
    /// # Errors
    ///
    /// If the system refuses to listen.
    pub fn callbacks() -> io::Result<Self> {
        let server = Server::bind()?;
        let stopper = server.stopper();
        Ok(Self {
            address: server.address(),
            stop: Box::new(move || stopper.wake()),
            thread: thread::spawn(|| server.run().map(|report| report.failed)),
        })
    }

    /// Starts the server made of tasks, which all run on its one thread.
    ///
    /// # Errors
    ///
    /// If the system refuses to listen.
    pub fn tasks() -> io::Result<Self> {
        let runtime = runtime::Builder::new_current_thread().enable_io().build()?;
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"))?;
        let (stop, stopped) = oneshot::channel();
        let ended = async {
            // A sender that is gone without a word can stop the server no more: an end too.
            let _ = stopped.await;
        };
        Ok(Self {
            address: listener.local_addr()?,
            stop: Box::new(move || {
                // Nobody receives it if the server has ended by itself: then it has stopped.
                let _ = stop.send(());
                Ok(())
            }),
            thread: thread::spawn(move || runtime.block_on(serve(listener, ended))),
        })
    }

    /// Ends the server, waits for its thread, and returns how many connections failed.
    ///
    /// # Errors
    ///
    /// If the server ended with an error.
    ///
    /// # Panics
    ///
    /// If the server panicked.
    pub fn stop(self) -> io::Result<u64> {
        (self.stop)()?;
        self.thread.join().expect("the server does not panic")
    }
}
