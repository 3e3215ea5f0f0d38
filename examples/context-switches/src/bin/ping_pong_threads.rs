//! Two threads hand a ball to and fro, and the kernel counts its switches.

#[cfg(unix)]
fn main() -> nix::Result<()> {
    use std::ffi::c_long;
    use std::sync::mpsc;
    use std::thread;

    use nix::sys::resource::{UsageWho, getrusage};

    const ROUNDS: c_long = 10_000;
    const HAND_OFFS: c_long = 2 * ROUNDS; // there and back

    let (throw, catch) = mpsc::channel();
    let (throw_back, catch_back) = mpsc::channel();
    let player = thread::spawn(move || {
        for ball in catch {
            throw_back.send(ball).expect("main plays to the end");
        }
    });

    let before = getrusage(UsageWho::RUSAGE_SELF)?;
    for ball in 0..ROUNDS {
        throw.send(ball).expect("the player plays to the end");
        catch_back.recv().expect("the player plays to the end");
    }
    let after = getrusage(UsageWho::RUSAGE_SELF)?;
    drop(throw);
    player.join().expect("the player does not panic");

    let voluntary = after.voluntary_context_switches() - before.voluntary_context_switches();
    let involuntary = after.involuntary_context_switches() - before.involuntary_context_switches();
    assert!(voluntary + involuntary >= HAND_OFFS / 2);
    println!("{HAND_OFFS} hand-offs: {} switches or more", HAND_OFFS / 2);
    eprintln!("voluntary: {voluntary} switches");
    eprintln!("involuntary: {involuntary} switches");
    Ok(())
}

#[cfg(not(unix))]
fn main() {
    println!("skipped: this program calls getrusage, which only Unix systems have");
}
