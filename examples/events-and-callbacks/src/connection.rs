use std::io::{self, ErrorKind, Read, Write};

use mio::Interest;

use crate::event_loop::Next;

/// One connection of the echo server with callbacks, between two callbacks.
// ANCHOR: connection
pub struct Connection {
    buffer: [u8; 4096],
    state: State,
}

#[derive(Clone, Copy)]
enum State {
    Reading,
    /// These bytes of the buffer have been read and not yet written.
    Writing {
        from: usize,
        to: usize,
    },
}
// ANCHOR_END: connection

impl Connection {
    /// A connection whose client has sent nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            buffer: [0; 4096],
            state: State::Reading,
        }
    }

    /// Reads and writes until `socket` would block, or the client has sent its last byte.
    ///
    /// # Errors
    ///
    /// If the connection broke.
    // ANCHOR: advance
    pub fn advance(&mut self, socket: &mut (impl Read + Write)) -> io::Result<Next> {
        loop {
            match self.step(socket) {
                Ok(true) => {}
                Ok(false) => return Ok(Next::Close),
                Err(error) => match error.kind() {
                    ErrorKind::Interrupted => {} // a signal came: do it again
                    ErrorKind::WouldBlock => return Ok(Next::Wait(self.interest())),
                    _ => return Err(error),
                },
            }
        }
    }

    /// Reads once or writes once. Returns false if the client has sent its last byte.
    fn step(&mut self, socket: &mut (impl Read + Write)) -> io::Result<bool> {
        match self.state {
            State::Reading => {
                let to = socket.read(&mut self.buffer)?;
                if to == 0 {
                    return Ok(false);
                }
                self.state = State::Writing { from: 0, to };
            }
            State::Writing { from, to } => {
                let count = socket.write(&self.buffer[from..to])?;
                if count == 0 {
                    return Err(ErrorKind::WriteZero.into());
                }
                let from = from + count;
                self.state = if from == to {
                    State::Reading
                } else {
                    State::Writing { from, to }
                };
            }
        }
        Ok(true)
    }

    /// What the connection waits for.
    fn interest(&self) -> Interest {
        match self.state {
            State::Reading => Interest::READABLE,
            State::Writing { .. } => Interest::WRITABLE,
        }
    }
    // ANCHOR_END: advance
}

impl Default for Connection {
    fn default() -> Self {
        Self::new()
    }
}
