//! The loop's bookkeeping, with sources that note what the loop asks of them. The tests call the
//! callbacks themselves, in place of the kernel's events.

use std::sync::{Arc, Mutex};

use mio::Registry;

use super::*;

const READABLE: Interest = Interest::READABLE;
const WRITABLE: Interest = Interest::WRITABLE;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Register(Token, Interest),
    Reregister(Token, Interest),
    Deregister,
    Drop,
}

/// A source that notes what is asked of it.
#[derive(Default, Clone)]
struct Notes(Arc<Mutex<Vec<Asked>>>);

impl Notes {
    fn add(&self, asked: Asked) {
        self.0.lock().expect("no test panics here").push(asked);
    }

    /// What has been asked since the last time.
    fn take(&self) -> Vec<Asked> {
        std::mem::take(&mut self.0.lock().expect("no test panics here"))
    }
}

struct Noting {
    notes: Notes,
    /// Whether it fails to register and to deregister.
    broken: bool,
}

impl Noting {
    fn answer(&self) -> io::Result<()> {
        if self.broken {
            return Err(ErrorKind::Unsupported.into());
        }
        Ok(())
    }
}

impl Source for Noting {
    fn register(&mut self, _: &Registry, token: Token, interest: Interest) -> io::Result<()> {
        self.notes.add(Asked::Register(token, interest));
        self.answer()
    }

    fn reregister(&mut self, _: &Registry, token: Token, interest: Interest) -> io::Result<()> {
        self.notes.add(Asked::Reregister(token, interest));
        self.answer()
    }

    fn deregister(&mut self, _: &Registry) -> io::Result<()> {
        self.notes.add(Asked::Deregister);
        self.answer()
    }
}

impl Drop for Noting {
    fn drop(&mut self) {
        self.notes.add(Asked::Drop);
    }
}

/// Watches a source whose callback returns these, one after another.
fn watch(event_loop: &mut EventLoop, notes: &Notes, returned: Vec<io::Result<Next>>) {
    let source = Noting {
        notes: notes.clone(),
        broken: false,
    };
    let mut returned = returned.into_iter();
    event_loop
        .watch(source, READABLE, move |_, _| {
            returned.next().expect("it is called no more often")
        })
        .expect("the source registers");
}

#[test]
fn registers_anew_for_another_interest_and_only_then() -> io::Result<()> {
    let (mut event_loop, notes) = (EventLoop::new()?, Notes::default());
    let token = Token(0);
    let wants = [READABLE, WRITABLE, WRITABLE, READABLE, READABLE, WRITABLE];
    let returned = wants.map(|interest| Ok(Next::Wait(interest)));
    watch(&mut event_loop, &notes, Vec::from(returned));
    assert_eq!(notes.take(), [Asked::Register(token, READABLE)]);

    let mut registered = READABLE;
    for interest in wants {
        event_loop.call(token);
        let expected = if interest == registered {
            vec![]
        } else {
            vec![Asked::Reregister(token, interest)]
        };
        assert_eq!(notes.take(), expected);
        registered = interest;
    }
    Ok(())
}

#[test]
fn a_callback_that_closes_or_fails_is_dropped_and_never_called_again() -> io::Result<()> {
    for last in [Ok(Next::Close), Err(ErrorKind::BrokenPipe.into())] {
        let (mut event_loop, notes) = (EventLoop::new()?, Notes::default());
        let failed = u64::from(last.is_err());
        watch(
            &mut event_loop,
            &notes,
            vec![Ok(Next::Wait(READABLE)), last],
        );
        event_loop.call(Token(0));
        notes.take();
        event_loop.call(Token(0));
        assert_eq!(notes.take(), [Asked::Deregister, Asked::Drop]);

        // Another event of the same round names a token that is no longer anybody's.
        event_loop.call(Token(0));
        let report = event_loop.report;
        assert_eq!((report.events, report.calls, report.failed), (3, 2, failed));
    }
    Ok(())
}

#[test]
fn uses_the_token_of_a_closed_source_again() -> io::Result<()> {
    let (mut event_loop, notes) = (EventLoop::new()?, Notes::default());
    for round in 0..100 {
        let last = if round % 2 == 0 {
            Ok(Next::Close)
        } else {
            Err(ErrorKind::BrokenPipe.into())
        };
        watch(&mut event_loop, &notes, vec![last]);
        assert_eq!(notes.take(), [Asked::Register(Token(0), READABLE)]);
        event_loop.call(Token(0));
        notes.take();
    }
    assert_eq!(event_loop.callbacks.len(), 1);
    assert_eq!(event_loop.free, [Token(0)]);
    Ok(())
}

#[test]
fn a_source_that_cannot_be_watched_takes_no_token() -> io::Result<()> {
    let (mut event_loop, notes) = (EventLoop::new()?, Notes::default());
    let broken = Noting {
        notes: notes.clone(),
        broken: true,
    };
    let error = event_loop
        .watch(broken, READABLE, |_, _| Ok(Next::Close))
        .expect_err("it does not register");
    assert_eq!(error.kind(), ErrorKind::Unsupported);
    assert_eq!(
        notes.take(),
        [Asked::Register(Token(0), READABLE), Asked::Drop]
    );
    assert_eq!(event_loop.free, [Token(0)]);
    Ok(())
}

#[test]
fn what_a_callback_returns_counts_even_if_its_source_cannot_be_deregistered() -> io::Result<()> {
    let (mut event_loop, notes) = (EventLoop::new()?, Notes::default());
    let source = Noting {
        notes: notes.clone(),
        broken: false,
    };
    event_loop.watch(source, READABLE, |_, source| {
        source.broken = true;
        Ok(Next::Close)
    })?;
    event_loop.call(Token(0));
    assert_eq!(event_loop.report.failed, 0);
    assert_eq!(notes.take()[1..], [Asked::Deregister, Asked::Drop]);
    Ok(())
}

#[test]
fn a_callback_may_watch_other_sources() -> io::Result<()> {
    let (mut event_loop, notes) = (EventLoop::new()?, Notes::default());
    let first = Noting {
        notes: notes.clone(),
        broken: false,
    };
    let of_second = notes.clone();
    event_loop.watch(first, READABLE, move |event_loop, _| {
        watch(event_loop, &of_second, vec![Ok(Next::Wait(WRITABLE))]);
        Ok(Next::Wait(READABLE))
    })?;
    event_loop.call(Token(0));
    event_loop.call(Token(1));
    assert_eq!(
        notes.take(),
        [
            Asked::Register(Token(0), READABLE),
            Asked::Register(Token(1), READABLE),
            Asked::Reregister(Token(1), WRITABLE),
        ]
    );
    Ok(())
}
