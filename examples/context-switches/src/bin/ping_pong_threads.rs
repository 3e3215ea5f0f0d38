//! Two threads hand a ball to and fro, and the kernel counts its switches.

#[cfg(unix)]
fn main() -> nix::Result<()> {
    use std::ffi::c_long;
    use std::sync::mpsc;
    use std::thread;

    const ROUNDS: c_long = 10_000;
    const HAND_OFFS: c_long = 2 * ROUNDS; // there and back
    const LIMIT: c_long = HAND_OFFS / 2;

    let (throw, catch) = mpsc::channel();
    let (throw_back, catch_back) = mpsc::channel();
    let player = thread::spawn(move || {
        for ball in catch {
            throw_back.send(ball).expect("main plays to the end");
        }
    });

    let before = switches()?;
    for ball in 0..ROUNDS {
        throw.send(ball).expect("the player plays to the end");
        catch_back.recv().expect("the player plays to the end");
    }
    let after = switches()?;
    drop(throw);
    player.join().expect("the player does not panic");

    let voluntary = after[0] - before[0];
    let involuntary = after[1] - before[1];
    eprintln!("voluntary: {voluntary} switches");
    eprintln!("involuntary: {involuntary} switches");
    let switches = voluntary + involuntary;
    assert!(switches >= LIMIT, "only {switches} switches");
    println!("{HAND_OFFS} hand-offs: {LIMIT} switches or more");
    Ok(())
}

/// How often the kernel has switched away from a thread of this process:
/// voluntarily, involuntarily.
#[cfg(unix)]
fn switches() -> nix::Result<[std::ffi::c_long; 2]> {
    use nix::sys::resource::{UsageWho, getrusage};

    let usage = getrusage(UsageWho::RUSAGE_SELF)?;
    Ok([
        usage.voluntary_context_switches(),
        usage.involuntary_context_switches(),
    ])
}

#[cfg(not(unix))]
fn main() {
    println!("skipped: this program calls getrusage, which only Unix systems have");
}
