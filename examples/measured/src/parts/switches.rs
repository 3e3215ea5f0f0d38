//! What it costs to hand something from one thread to another, and from one task to another.
//!
//! Two players send a message back and forth: through a channel with room for one, or a byte through
//! a pair of Unix sockets. A *hand-off* is one way. Tasks play on a runtime of one thread. Threads play
//! on the same core, on two cores, or where the kernel puts them, which changes from run to run: to
//! wake a thread on a core that sleeps takes many times as long. To choose the cores takes Linux.
//!
//! The time holds the sending and the receiving themselves, not the switch alone. What those cost
//! without a switch stands in the rows *without a switch*: there one player sends to itself. The
//! kernel's switches of the threads are counted by `getrusage` in the same run.
//!
//! Before the clock starts, the players warm up with half as many hand-offs.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::Instant;

use tokio::runtime::Builder;
use tokio::sync::mpsc;

use crate::case::{Case, Figure, Quantity, Skip, Unit};
use crate::system::{KernelSwitches, allowed_cores, bind_to};
use crate::{Scale, rounds};

/// How many times there and back, where the kernel is not needed.
const CHEAP_ROUNDS: u64 = rounds(500_000);
/// How many times there and back, where the kernel is needed.
const ROUNDS: u64 = rounds(20_000);
/// How many times there and back, where a core that sleeps may have to be woken.
const SLOW_ROUNDS: u64 = rounds(4_000);

/// The cases of this part.
pub fn cases(_: Scale) -> Vec<Case> {
    vec![
        alone(
            "channel",
            "tasks' channel, without a switch",
            task_channel_alone,
        ),
        alone(
            "std-channel",
            "threads' channel, without a switch",
            std_channel_alone,
        ),
        alone("socket", "std's socket, without a switch", sockets::alone),
        switching("tasks/channel", "tasks, channel", || {
            on_one_thread(task_channel(CHEAP_ROUNDS))
        }),
        switching(
            "threads-on-one-core/channel",
            "threads on one core, channel",
            || thread_channel(ROUNDS, Places::OneCore),
        ),
        switching(
            "threads-on-two-cores/channel",
            "threads on two cores, channel",
            || thread_channel(SLOW_ROUNDS, Places::TwoCores),
        ),
        switching("threads/channel", "threads on any cores, channel", || {
            thread_channel(SLOW_ROUNDS, Places::Any)
        }),
        switching("tasks/socket", "tasks, socket", || sockets::tasks(ROUNDS)),
        switching(
            "threads-on-one-core/socket",
            "threads on one core, socket",
            || sockets::threads(ROUNDS, Places::OneCore),
        ),
        switching(
            "threads-on-two-cores/socket",
            "threads on two cores, socket",
            || sockets::threads(SLOW_ROUNDS, Places::TwoCores),
        ),
        switching("threads/socket", "threads on any cores, socket", || {
            sockets::threads(SLOW_ROUNDS, Places::Any)
        }),
    ]
}

/// On which cores two threads play.
#[derive(Clone, Copy)]
enum Places {
    /// Where the kernel puts them.
    Any,
    OneCore,
    TwoCores,
}

impl Places {
    /// The core of each player, unless the kernel may choose.
    fn cores(self) -> Result<Option<[usize; 2]>, Skip> {
        match (
            self,
            self.is_bound().then(allowed_cores).transpose()?.as_deref(),
        ) {
            (Places::OneCore, Some([core, ..])) => Ok(Some([*core, *core])),
            (Places::TwoCores, Some([first, second, ..])) => Ok(Some([*first, *second])),
            (Places::Any, _) => Ok(None),
            _ => Err(Skip::because("this process may use too few cores for that")),
        }
    }

    fn is_bound(self) -> bool {
        !matches!(self, Places::Any)
    }
}

/// Binds the thread of this player, 0 or 1, to its core.
fn take_place(cores: Option<[usize; 2]>, player: usize) -> Result<(), Skip> {
    cores.map_or(Ok(()), |cores| bind_to(cores[player]))
}

/// What has been measured of a game.
struct Game {
    nanoseconds: f64,
    /// In the whole game, or why the system does not tell.
    switches: Result<KernelSwitches, Skip>,
    hand_offs: f64,
}

/// Measures from one call to the next.
struct Clock {
    start: Instant,
    switches: Result<KernelSwitches, Skip>,
}

impl Clock {
    fn start() -> Clock {
        Clock {
            switches: KernelSwitches::so_far(),
            start: Instant::now(),
        }
    }

    /// Ends a game of so many rounds, there and back.
    fn stop(self, rounds: u64) -> Game {
        let nanoseconds = self.start.elapsed().as_nanos() as f64;
        let now = KernelSwitches::so_far();
        Game {
            nanoseconds,
            switches: self.switches.and_then(|before| Ok(now?.since(before))),
            hand_offs: (2 * rounds) as f64,
        }
    }
}

fn switching(key: &str, label: &str, game: fn() -> Result<Game, Skip>) -> Case {
    let key = format!("switches/{key}");
    let quantities = vec![
        Quantity::new(format!("{key}/time"), label, Unit::Nanoseconds),
        Quantity::new(
            format!("{key}/kernel"),
            format!("{label}: kernel's switches"),
            Unit::Count,
        ),
        Quantity::new(
            format!("{key}/voluntary"),
            format!("{label}: voluntary ones of these"),
            Unit::Count,
        ),
    ];
    Case::new(key, quantities, move || match game() {
        Ok(game) => {
            let time = Figure::Value(game.nanoseconds / game.hand_offs);
            match game.switches {
                Ok(KernelSwitches {
                    voluntary,
                    involuntary,
                }) => {
                    let each = |count: i64| Figure::Value(count as f64 / game.hand_offs);
                    vec![time, each(voluntary + involuntary), each(voluntary)]
                }
                Err(Skip(why)) => vec![time, Figure::Skipped(why.clone()), Figure::Skipped(why)],
            }
        }
        Err(Skip(why)) => vec![Figure::Skipped(why); 3],
    })
}

/// A case of what a hand-off costs without the switch: `work` sends to itself as often as it is told.
fn alone(key: &str, label: &str, work: fn(u64) -> Result<(), Skip>) -> Case {
    let key = format!("switches/alone/{key}");
    let quantities = vec![Quantity::new(key.clone(), label, Unit::Nanoseconds)];
    Case::all_or_none(key, quantities, move || {
        work(CHEAP_ROUNDS / 2)?;
        let start = Instant::now();
        work(CHEAP_ROUNDS)?;
        Ok(vec![
            start.elapsed().as_nanos() as f64 / CHEAP_ROUNDS as f64,
        ])
    })
}

fn on_one_thread<F>(game: F) -> Result<Game, Skip>
where
    F: Future<Output = Result<Game, Skip>> + Send + 'static,
{
    let runtime = Builder::new_current_thread().enable_io().build()?;
    // Spawned, because the scheduler treats the future of `block_on` differently from a task.
    runtime.block_on(async { tokio::spawn(game).await? })
}

fn task_channel_alone(times: u64) -> Result<(), Skip> {
    let runtime = Builder::new_current_thread().build()?;
    runtime.block_on(async {
        let (throw, mut catch) = mpsc::channel(1);
        for ball in 0..times {
            throw
                .send(ball)
                .await
                .expect("this task holds the other end");
            catch.recv().await.expect("this task holds the other end");
        }
    });
    Ok(())
}

fn std_channel_alone(times: u64) -> Result<(), Skip> {
    let (throw, catch) = sync_channel(1);
    for ball in 0..times {
        throw.send(ball).expect("this thread holds the other end");
        catch.recv().expect("this thread holds the other end");
    }
    Ok(())
}

async fn task_channel(rounds: u64) -> Result<Game, Skip> {
    let (throw, mut catch) = mpsc::channel::<u64>(1);
    let (throw_back, mut catch_back) = mpsc::channel(1);
    let other = tokio::spawn(async move {
        while let Some(ball) = catch.recv().await {
            let thrown = throw_back.send(ball).await;
            thrown.expect("the first plays to the end");
        }
    });
    let mut clock = Clock::start();
    for round in 0..rounds / 2 + rounds {
        if round == rounds / 2 {
            clock = Clock::start(); // warm
        }
        throw.send(round).await.expect("the other plays to the end");
        let back = catch_back.recv().await;
        back.expect("the other plays to the end");
    }
    let game = clock.stop(rounds);
    drop(throw);
    other.await?;
    Ok(game)
}

fn thread_channel(rounds: u64, places: Places) -> Result<Game, Skip> {
    let cores = places.cores()?;
    let (throw, catch): (SyncSender<u64>, Receiver<u64>) = sync_channel(1);
    let (throw_back, catch_back) = sync_channel(1);
    let other = thread::Builder::new().spawn(move || {
        take_place(cores, 1)?;
        for ball in catch {
            throw_back.send(ball).expect("the first plays to the end");
        }
        Ok::<_, Skip>(())
    })?;
    take_place(cores, 0)?;
    let mut clock = Clock::start();
    for round in 0..rounds / 2 + rounds {
        if round == rounds / 2 {
            clock = Clock::start(); // warm
        }
        throw.send(round).expect("the other plays to the end");
        catch_back.recv().expect("the other plays to the end");
    }
    let game = clock.stop(rounds);
    drop(throw);
    other.join().expect("the other does not panic")?;
    Ok(game)
}

/// The games with sockets.
#[cfg(unix)]
mod sockets {
    use std::io::{Read, Write};
    use std::os::unix::net::UnixStream;
    use std::thread;

    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::{Clock, Game, Places, on_one_thread, take_place};
    use crate::case::Skip;

    pub(super) fn alone(times: u64) -> Result<(), Skip> {
        let (mut left, mut right) = UnixStream::pair()?;
        let mut byte = [0];
        for _ in 0..times {
            left.write_all(&byte)?;
            right.read_exact(&mut byte)?;
        }
        Ok(())
    }

    pub(super) fn tasks(rounds: u64) -> Result<Game, Skip> {
        on_one_thread(async move {
            let (mut here, mut there) = tokio::net::UnixStream::pair()?;
            let other = tokio::spawn(async move {
                let mut byte = [0];
                while there.read_exact(&mut byte).await.is_ok() {
                    let written = there.write_all(&byte).await;
                    written.expect("the first plays to the end");
                }
            });
            let mut byte = [0];
            let mut clock = Clock::start();
            for round in 0..rounds / 2 + rounds {
                if round == rounds / 2 {
                    clock = Clock::start(); // warm
                }
                here.write_all(&byte).await?;
                here.read_exact(&mut byte).await?;
            }
            let game = clock.stop(rounds);
            drop(here);
            other.await?;
            Ok(game)
        })
    }

    pub(super) fn threads(rounds: u64, places: Places) -> Result<Game, Skip> {
        let cores = places.cores()?;
        let (mut here, mut there) = UnixStream::pair()?;
        let other = thread::Builder::new().spawn(move || {
            take_place(cores, 1)?;
            let mut byte = [0];
            while there.read_exact(&mut byte).is_ok() {
                there.write_all(&byte).expect("the first plays to the end");
            }
            Ok::<_, Skip>(())
        })?;
        take_place(cores, 0)?;
        let mut byte = [0];
        let mut clock = Clock::start();
        for round in 0..rounds / 2 + rounds {
            if round == rounds / 2 {
                clock = Clock::start(); // warm
            }
            here.write_all(&byte)?;
            here.read_exact(&mut byte)?;
        }
        let game = clock.stop(rounds);
        drop(here);
        other.join().expect("the other does not panic")?;
        Ok(game)
    }
}

#[cfg(not(unix))]
mod sockets {
    use super::{Game, Places};
    use crate::case::Skip;

    fn none() -> Skip {
        Skip::because("this system has no pairs of Unix sockets")
    }

    pub(super) fn alone(_: u64) -> Result<(), Skip> {
        Err(none())
    }

    pub(super) fn tasks(_: u64) -> Result<Game, Skip> {
        Err(none())
    }

    pub(super) fn threads(_: u64, _: Places) -> Result<Game, Skip> {
        Err(none())
    }
}
