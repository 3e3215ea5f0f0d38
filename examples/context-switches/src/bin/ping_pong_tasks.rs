//! Two tasks hand a ball to and fro, and the kernel hardly ever switches.

#[cfg(unix)]
#[tokio::main(flavor = "current_thread")]
async fn main() -> nix::Result<()> {
    use std::ffi::c_long;

    use tokio::sync::mpsc;

    const ROUNDS: c_long = 10_000;
    const HAND_OFFS: c_long = 2 * ROUNDS; // there and back
    const LIMIT: c_long = HAND_OFFS / 100;

    let (throw, mut catch) = mpsc::channel(1);
    let (throw_back, mut catch_back) = mpsc::channel(1);
    let player = tokio::spawn(async move {
        while let Some(ball) = catch.recv().await {
            let thrown = throw_back.send(ball).await;
            thrown.expect("main plays to the end");
        }
    });

    let before = switches()?;
    for ball in 0..ROUNDS {
        let thrown = throw.send(ball).await;
        thrown.expect("the player plays to the end");
        let caught = catch_back.recv().await;
        caught.expect("the player plays to the end");
    }
    let after = switches()?;
    drop(throw);
    player.await.expect("the player does not panic");

    let voluntary = after[0] - before[0];
    let involuntary = after[1] - before[1];
    eprintln!("voluntary: {voluntary} switches");
    eprintln!("involuntary: {involuntary} switches");
    // The others depend on what else the machine has to do.
    assert!(voluntary <= LIMIT, "{voluntary} switches");
    println!("{HAND_OFFS} hand-offs: {LIMIT} voluntary switches or fewer");
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
