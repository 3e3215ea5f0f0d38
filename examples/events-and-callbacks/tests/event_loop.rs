//! The event loop with events of the kernel: which of them it hands on, and who gets an error.

use std::io::{self, ErrorKind};
use std::net::TcpStream;

use events_and_callbacks::EventLoop;
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
