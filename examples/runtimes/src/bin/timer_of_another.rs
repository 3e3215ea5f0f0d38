//! A timer of tokio's on smol's executor: made outside of tokio, and made inside.

use std::io;
use std::panic::catch_unwind;
use std::time::Duration;

use async_compat::CompatExt;
use tokio::runtime::Runtime;
use tokio::time;

fn main() -> io::Result<()> {
    let nap = || time::sleep(Duration::from_millis(1));

    let payload = catch_unwind(|| drop(nap())).expect_err("it panics");
    let message = payload.downcast::<String>().expect("tokio formats it");
    println!("{message}");

    let runtime = Runtime::new()?;
    let inside = {
        let _context = runtime.enter();
        nap()
    };
    smol::block_on(inside); // this thread has left the runtime
    println!("made in tokio, polled by smol: slept");

    smol::block_on(async { nap().await }.compat());
    println!("with compat: slept");
    Ok(())
}
