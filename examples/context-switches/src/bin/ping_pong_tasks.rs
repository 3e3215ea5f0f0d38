//! Two tasks on one thread hand a ball to and fro, and the kernel hardly ever switches.

#[cfg(unix)]
#[tokio::main(flavor = "current_thread")]
async fn main() -> nix::Result<()> {
    use std::ffi::c_long;

    use nix::sys::resource::{UsageWho, getrusage};
    use tokio::sync::mpsc;

    const ROUNDS: c_long = 10_000;
    const HAND_OFFS: c_long = 2 * ROUNDS; // there and back

    let (throw, mut catch) = mpsc::channel(1);
    let (throw_back, mut catch_back) = mpsc::channel(1);
    let player = tokio::spawn(async move {
        while let Some(ball) = catch.recv().await {
            let thrown = throw_back.send(ball).await;
            thrown.expect("main plays to the end");
        }
    });

    let before = getrusage(UsageWho::RUSAGE_SELF)?;
    for ball in 0..ROUNDS {
        let thrown = throw.send(ball).await;
        thrown.expect("the player plays to the end");
        let caught = catch_back.recv().await;
        caught.expect("the player plays to the end");
    }
    let after = getrusage(UsageWho::RUSAGE_SELF)?;
    drop(throw);
    player.await.expect("the player does not panic");

    let voluntary = after.voluntary_context_switches() - before.voluntary_context_switches();
    let involuntary = after.involuntary_context_switches() - before.involuntary_context_switches();
    assert!(voluntary + involuntary <= HAND_OFFS / 100);
    println!(
        "{HAND_OFFS} hand-offs: {} switches or fewer",
        HAND_OFFS / 100
    );
    eprintln!("voluntary: {voluntary} switches");
    eprintln!("involuntary: {involuntary} switches");
    Ok(())
}

#[cfg(not(unix))]
fn main() {
    println!("skipped: this program calls getrusage, which only Unix systems have");
}
