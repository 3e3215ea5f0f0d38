use std::io::{self, ErrorKind};

use mio::event::Source;
use mio::{Events, Interest, Poll, Token, Waker};

#[cfg(test)]
mod tests;

// ANCHOR: next
/// What a callback wants when it returns.
#[derive(Debug, PartialEq, Eq)]
pub enum Next {
    /// To be called again, when its source may be ready for this.
    Wait(Interest),
    /// Not to be called again. The loop drops the callback and its source.
    Close,
}
// ANCHOR_END: next

/// What a loop has done.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Report {
    /// Events that the loop has looked at.
    pub events: u64,
    /// Callbacks that the loop called. Fewer than the events if one of them was for a source that
    /// an earlier callback of the same round had closed.
    pub calls: u64,
    /// Callbacks that ended with an error.
    pub failed: u64,
}

/// What [`EventLoop::watch`] makes of a callback: the source is in it.
type Callback = Box<dyn FnMut(&mut EventLoop) -> io::Result<Next> + Send>;

/// Waits for events and calls the callback of each, one after another, on one thread.
///
/// A callback must go on until its source says [`ErrorKind::WouldBlock`], must not take an event
/// for a promise, and must not block: while it runs, the loop calls no other.
///
/// ```
/// use std::thread;
///
/// use events_and_callbacks::EventLoop;
///
/// let mut event_loop = EventLoop::new()?;
/// let waker = event_loop.on_wake(|event_loop| event_loop.stop(Ok(())))?;
/// thread::scope(|scope| {
///     scope.spawn(|| waker.wake().expect("the loop exists"));
///     event_loop.run() // blocks until the other thread wakes it
/// })?;
/// # std::io::Result::Ok(())
/// ```
pub struct EventLoop {
    /// The place in this list is the token under which the source is registered. A place is
    /// empty while it is free, and while its callback runs.
    callbacks: Vec<Option<Callback>>,
    free: Vec<Token>,
    poll: Poll,
    /// Set by [`stop`](Self::stop): what [`run`](Self::run) returns.
    stopped: Option<io::Result<()>>,
    report: Report,
}

impl EventLoop {
    /// A loop that watches nothing yet.
    ///
    /// # Errors
    ///
    /// If the system gives no selector (on Linux, an epoll instance).
    pub fn new() -> io::Result<Self> {
        Ok(Self {
            callbacks: Vec::new(),
            free: Vec::new(),
            poll: Poll::new()?,
            stopped: None,
            report: Report::default(),
        })
    }

    /// Takes `source`, and calls `callback` with it when it may be ready for `interest`.
    ///
    /// # Errors
    ///
    /// If the system cannot watch `source`, which is then dropped.
    pub fn watch<S, F>(
        &mut self,
        mut source: S,
        interest: Interest,
        mut callback: F,
    ) -> io::Result<()>
    where
        S: Source + Send + 'static,
        F: FnMut(&mut EventLoop, &mut S) -> io::Result<Next> + Send + 'static,
    {
        let token = self.free_token();
        if let Err(error) = self.poll.registry().register(&mut source, token, interest) {
            self.free.push(token);
            return Err(error);
        }
        let mut registered = interest;
        self.callbacks[token.0] = Some(Box::new(move |event_loop| {
            let next = callback(event_loop, &mut source);
            let registry = event_loop.poll.registry();
            match next {
                Ok(Next::Wait(interest)) if interest == registered => {}
                Ok(Next::Wait(interest)) => {
                    registry.reregister(&mut source, token, interest)?;
                    registered = interest;
                }
                Ok(Next::Close) | Err(_) => {
                    // The source is dropped now, whatever this says; `next` is what counts.
                    let _ = registry.deregister(&mut source);
                }
            }
            next
        }));
        Ok(())
    }

    /// Calls `callback` after any thread has called `wake` on the waker. A loop has one waker.
    ///
    /// # Errors
    ///
    /// If the system gives no means to wake the loop.
    ///
    /// # Panics
    ///
    /// If the loop has a waker already. (mio looks for that in debug builds only; in others it
    /// leaves open what two wakers do.)
    pub fn on_wake<F>(&mut self, mut callback: F) -> io::Result<Waker>
    where
        F: FnMut(&mut EventLoop) + Send + 'static,
    {
        let token = self.free_token();
        let waker = match Waker::new(self.poll.registry(), token) {
            Ok(waker) => waker,
            Err(error) => {
                self.free.push(token);
                return Err(error);
            }
        };
        self.callbacks[token.0] = Some(Box::new(move |event_loop| {
            callback(event_loop);
            Ok(Next::Wait(Interest::READABLE))
        }));
        Ok(waker)
    }

    /// Runs callbacks until one of them calls [`stop`](Self::stop).
    ///
    /// # Errors
    ///
    /// What a callback gave to `stop`, or why the system could not wait.
    // ANCHOR: run
    pub fn run(mut self) -> io::Result<Report> {
        let mut events = Events::with_capacity(256);
        loop {
            match self.poll.poll(&mut events, None) {
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                polled => polled?, // an error ends the loop
            }
            for event in &events {
                self.call(event.token());
                if let Some(result) = self.stopped.take() {
                    return result.map(|()| self.report);
                }
            }
        }
    }

    fn call(&mut self, token: Token) {
        self.report.events += 1;
        let Some(mut callback) = self.callbacks[token.0].take() else {
            return; // closed earlier in this round
        };
        self.report.calls += 1;
        match callback(self) {
            Ok(Next::Wait(_)) => self.callbacks[token.0] = Some(callback),
            Ok(Next::Close) => self.free.push(token),
            Err(_) => {
                self.report.failed += 1; // nobody here knows what to do
                self.free.push(token);
            }
        }
    }
    // ANCHOR_END: run

    /// Ends the loop after this callback. [`run`](Self::run) returns an error if `result` is one.
    pub fn stop(&mut self, result: io::Result<()>) {
        self.stopped = Some(result);
    }

    fn free_token(&mut self) -> Token {
        self.free.pop().unwrap_or_else(|| {
            self.callbacks.push(None);
            Token(self.callbacks.len() - 1)
        })
    }
}
