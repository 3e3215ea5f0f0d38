//! What an actor is, how it is started, and how it ends.

use std::fmt;
use std::future::Future;

use tokio::sync::{mpsc, oneshot};
use tokio::task::{AbortHandle, JoinError, JoinHandle};

use crate::Address;
use crate::mailbox::Mailbox;

/// Something with a state that handles one message at a time.
///
/// [`spawn`] gives it a task and a mailbox. From then on only the task can reach the state, so
/// `handle` has it to itself, also while it waits at an `.await`. No lock is needed.
///
/// # Waiting
///
/// While `handle` waits, the mailbox fills. So `handle` must not wait for something that can only
/// happen when this actor handles another message: room in the mailbox of an actor that is itself
/// waiting for room in this one's, or the reply of an actor that asks this one.
///
/// # Panics
///
/// A panic in `handle` ends the actor and drops its state, its mailbox and the message. Whoever
/// waits for a reply gets [`AskError::NoReply`](crate::AskError::NoReply). [`supervise`] keeps the
/// mailbox, and starts the actor anew.
///
/// [`supervise`]: crate::supervise
// ANCHOR: actor
pub trait Actor: Send + 'static {
    /// What it understands: usually an enum. A request carries the sender for its reply.
    type Message: Send + 'static;

    /// Handles one message. Write it as `async fn handle(&mut self, message: Self::Message)`.
    fn handle(&mut self, message: Self::Message) -> impl Future<Output = ()> + Send;
}
// ANCHOR_END: actor

/// Starts an actor on a task of its own, with a mailbox for at most `capacity` messages.
///
/// The actor ends
///
/// - when the last [`Address`] is gone and the mailbox is empty (so never, if it keeps its own),
/// - when its owner stops it ([`Running::stop`]) and it has handled what was accepted,
/// - when `handle` panics, or when it is aborted ([`Running::abort_handle`]).
///
/// # Panics
///
/// If `capacity` is zero or greater than
/// [`Semaphore::MAX_PERMITS`](tokio::sync::Semaphore::MAX_PERMITS), or if no tokio runtime is
/// running.
#[track_caller]
pub fn spawn<A: Actor>(actor: A, capacity: usize) -> (Address<A::Message>, Running<A>) {
    start(capacity, |mut mailbox| async move {
        run(actor, &mut mailbox).await
    })
}

// ANCHOR: run
/// The life of an actor: from its first message until none can come.
pub(crate) async fn run<A: Actor>(mut actor: A, mailbox: &mut Mailbox<A::Message>) -> A {
    while let Some(message) = mailbox.next().await {
        actor.handle(message).await;
    }
    actor
}
// ANCHOR_END: run

/// Makes a mailbox and spawns the task that `live` makes of it.
#[track_caller]
pub(crate) fn start<A, M, L>(
    capacity: usize,
    live: impl FnOnce(Mailbox<M>) -> L,
) -> (Address<M>, Running<A>)
where
    A: Send + 'static,
    L: Future<Output = A> + Send + 'static,
{
    let (sender, messages) = mpsc::channel(capacity);
    let (stop, asked_to_stop) = oneshot::channel();
    let task = tokio::spawn(live(Mailbox::new(messages, asked_to_stop)));
    (Address::new(sender), Running { stop, task })
}

/// An actor that runs, as its owner holds it.
///
/// Dropping this leaves the actor running until its last [`Address`] is gone.
#[must_use = "dropping it leaves the actor running, and its state can't be had back"]
pub struct Running<A> {
    /// Tells the actor to accept no more. Dropped without a word, it tells nothing.
    stop: oneshot::Sender<()>,
    task: JoinHandle<A>,
}

impl<A> Running<A> {
    /// Stops the actor: it accepts no more, handles what it has accepted, and returns its state.
    ///
    /// The actor closes its mailbox when it has handled the message that it is at. From then on
    /// every `send` is an error, and so are those that wait for room at that moment.
    ///
    /// This waits as long as the accepted messages take. It also waits for every `send` and `ask`
    /// that has been given room and not been polled since: poll them or drop them, or `stop` never
    /// ends. Put a [`timeout`](tokio::time::timeout) around it if you can't wait. The timeout ends
    /// your wait, not the actor; for that, there is [`abort_handle`](Self::abort_handle).
    ///
    /// # Cancel safety
    ///
    /// If this future is dropped after it was polled, the actor stops all the same, and its state
    /// is dropped. If it is dropped before, the actor goes on without its owner.
    ///
    /// # Errors
    ///
    /// If the actor has panicked, now or before, or was aborted, or if the runtime shut down.
    ///
    /// # Examples
    ///
    /// ```
    /// # use actors::{Actor, spawn};
    /// struct Log(Vec<&'static str>);
    ///
    /// impl Actor for Log {
    ///     type Message = &'static str;
    ///
    ///     async fn handle(&mut self, line: &'static str) {
    ///         self.0.push(line);
    ///     }
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let (log, running) = spawn(Log(Vec::new()), 8);
    /// log.send("opened").await?;
    /// log.send("closed").await?;
    ///
    /// let Log(lines) = running.stop().await?;
    /// assert_eq!(lines, ["opened", "closed"]); // both were accepted, so both were handled
    /// assert!(log.send("too late").await.is_err());
    /// # Ok(())
    /// # }
    /// ```
    pub async fn stop(self) -> Result<A, JoinError> {
        // An error says that the actor has ended already; the task tells how.
        let _ = self.stop.send(());
        self.task.await
    }

    /// Waits until the actor ends without being told to, and returns its state.
    ///
    /// Unless it panics, that is when the last [`Address`] is gone: drop yours first.
    ///
    /// # Errors
    ///
    /// If the actor has panicked or was aborted, or if the runtime shut down.
    pub async fn ended(self) -> Result<A, JoinError> {
        let Self { stop, task } = self;
        drop(stop);
        task.await
    }

    /// By this you can end the actor where it stands, at an `.await` of `handle` or between two
    /// messages: its state and its mailbox are dropped. Take it before you call
    /// [`stop`](Self::stop), for when your patience ends.
    pub fn abort_handle(&self) -> AbortHandle {
        self.task.abort_handle()
    }
}

// Not derived, because a derived one would ask for actors that can be printed.
impl<A> fmt::Debug for Running<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Running")
            .field("task", &self.task.id())
            .finish_non_exhaustive()
    }
}
