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

    // ANCHOR: advance
    /// Reads and writes until `socket` says `WouldBlock`, or the client has sent its last byte.
    ///
    /// # Errors
    ///
    /// If the connection broke.
    pub fn advance(&mut self, socket: &mut (impl Read + Write)) -> io::Result<Next> {
        loop {
            match self.state {
                State::Reading => match socket.read(&mut self.buffer) {
                    Ok(0) => return Ok(Next::Close),
                    Ok(count) => self.state = State::Writing { from: 0, to: count },
                    Err(error) => match error.kind() {
                        ErrorKind::WouldBlock => {
                            return Ok(Next::Wait(Interest::READABLE));
                        }
                        ErrorKind::Interrupted => {}
                        _ => return Err(error),
                    },
                },
                State::Writing { from, to } => match socket.write(&self.buffer[from..to]) {
                    Ok(0) => return Err(ErrorKind::WriteZero.into()),
                    Ok(count) if from + count == to => self.state = State::Reading,
                    Ok(count) => {
                        self.state = State::Writing {
                            from: from + count,
                            to,
                        };
                    }
                    Err(error) => match error.kind() {
                        ErrorKind::WouldBlock => {
                            return Ok(Next::Wait(Interest::WRITABLE));
                        }
                        ErrorKind::Interrupted => {}
                        _ => return Err(error),
                    },
                },
            }
        }
    }
    // ANCHOR_END: advance
}

impl Default for Connection {
    fn default() -> Self {
        Self::new()
    }
}
