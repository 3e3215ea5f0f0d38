//! The event loop: who gets an error, and what is counted.

use std::io::{self, ErrorKind};
use std::net::TcpStream;
use std::sync::Arc;

use events_and_callbacks::{EventLoop, Next};
use mio::Interest;
use mio::net::TcpListener;

#[test]
fn an_error_given_to_stop_is_what_run_returns() -> io::Result<()> {
    let mut event_loop = EventLoop::new()?;
    let waker =
        event_loop.on_wake(|event_loop| event_loop.stop(Err(ErrorKind::OutOfMemory.into())))?;
    waker.wake()?;
    let error = event_loop.run().expect_err("the callback stops it");
    assert_eq!(error.kind(), ErrorKind::OutOfMemory);
    Ok(())
}

#[test]
fn an_error_that_a_callback_returns_is_counted() -> io::Result<()> {
    let mut event_loop = EventLoop::new()?;
    let listener = TcpListener::bind(([127, 0, 0, 1], 0).into())?;
    let address = listener.local_addr()?;
    event_loop.watch(listener, Interest::READABLE, |event_loop, _| {
        event_loop.stop(Ok(()));
        Err(ErrorKind::Other.into())
    })?;
    let _client = TcpStream::connect(address)?;

    let report = event_loop.run()?;
    assert_eq!((report.events, report.calls, report.failed), (1, 1, 1));
    Ok(())
}

#[test]
fn a_callback_that_closes_is_not_called_again() -> io::Result<()> {
    let mut event_loop = EventLoop::new()?;
    // Dropped with the callback that closes, the waker would take its event with it.
    let waker = Arc::new(event_loop.on_wake(|event_loop| event_loop.stop(Ok(())))?);
    let wake = Arc::clone(&waker);
    let listener = TcpListener::bind(([127, 0, 0, 1], 0).into())?;
    let address = listener.local_addr()?;
    let mut calls = 0;
    event_loop.watch(listener, Interest::READABLE, move |_, listener| {
        calls += 1;
        assert_eq!(calls, 1);
        listener.accept()?;
        wake.wake()?;
        Ok(Next::Close)
    })?;
    let _first = TcpStream::connect(address)?;
    let _second = TcpStream::connect(address)?;

    let report = event_loop.run()?;
    assert_eq!(report.failed, 0);
    Ok(())
}
