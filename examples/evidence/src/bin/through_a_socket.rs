//! A byte goes there and back: between tasks through channels and through a socket, and between
//! threads through a socket, all on one core.

#[cfg(target_os = "linux")]
use std::io::Result;

#[cfg(target_os = "linux")]
const ROUNDS: u32 = 5_000;

/// Two tasks on one thread, and two channels.
#[cfg(target_os = "linux")]
#[tokio::main(flavor = "current_thread")]
async fn tasks_and_channels() -> Result<()> {
    use tokio::sync::mpsc;

    let (throw, mut catch) = mpsc::channel(1);
    let (throw_back, mut catch_back) = mpsc::channel(1);
    let player = tokio::spawn(async move {
        while let Some(ball) = catch.recv().await {
            let thrown = throw_back.send(ball).await;
            thrown.expect("the other one plays to the end");
        }
    });
    for _ in 0..ROUNDS {
        throw.send(7_u8).await.expect("the player is there");
        catch_back.recv().await.expect("the player is there");
    }
    drop(throw);
    player.await.expect("the player does not panic");
    Ok(())
}

/// Two tasks on one thread, and a socket.
#[cfg(target_os = "linux")]
#[tokio::main(flavor = "current_thread")]
async fn tasks_and_socket() -> Result<()> {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::UnixStream;

    let (mut ours, mut theirs) = UnixStream::pair()?;
    let player = tokio::spawn(async move {
        for _ in 0..ROUNDS {
            let ball = theirs.read_u8().await?;
            theirs.write_u8(ball).await?;
        }
        Result::Ok(())
    });
    for _ in 0..ROUNDS {
        ours.write_u8(7).await?;
        ours.read_u8().await?;
    }
    player.await.expect("the player does not panic")
}

/// Two threads, and a socket.
#[cfg(target_os = "linux")]
fn threads_and_socket() -> Result<()> {
    use std::io::{Read, Write};
    use std::os::unix::net::UnixStream;
    use std::thread;

    let (mut ours, mut theirs) = UnixStream::pair()?;
    let player = thread::spawn(move || {
        let mut ball = [0];
        for _ in 0..ROUNDS {
            theirs.read_exact(&mut ball)?;
            theirs.write_all(&ball)?;
        }
        Result::Ok(())
    });
    let mut ball = [7];
    for _ in 0..ROUNDS {
        ours.write_all(&ball)?;
        ours.read_exact(&mut ball)?;
    }
    player.join().expect("the player does not panic")
}

/// The nanoseconds of a hand-off, in the fastest of five runs.
#[cfg(target_os = "linux")]
fn time(play: fn() -> Result<()>) -> Result<u128> {
    let mut fastest = u128::MAX;
    for _ in 0..5 {
        let start = std::time::Instant::now();
        play()?;
        fastest = fastest.min(start.elapsed().as_nanos() / u128::from(2 * ROUNDS));
    }
    Ok(fastest)
}

#[cfg(target_os = "linux")]
fn main() -> Result<()> {
    one_core()?; // the threads that main starts inherit this

    let channels = time(tasks_and_channels)?;
    let socket = time(tasks_and_socket)?;
    let threads = time(threads_and_socket)?;
    println!("in each way: {} hand-offs, five times", 2 * ROUNDS);
    eprintln!("tasks, channels: {channels} ns a hand-off");
    eprintln!("tasks, socket: {socket} ns a hand-off");
    eprintln!("threads, socket: {threads} ns a hand-off");
    Ok(())
}

/// Binds this thread to one core, the first of those that it may run on.
#[cfg(target_os = "linux")]
fn one_core() -> Result<()> {
    use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

    let allowed = sched_getaffinity(None)?;
    let first = (0..CpuSet::MAX_CPU).find(|core| allowed.is_set(*core));
    let mut one = CpuSet::new();
    one.set(first.expect("a thread may run on some core"));
    sched_setaffinity(None, &one)?;
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("skipped: this program binds its threads to a core in the way of Linux");
}
