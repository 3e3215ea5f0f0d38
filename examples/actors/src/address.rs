//! How everybody but its owner reaches an actor.

use std::error::Error;
use std::fmt::{self, Display};

use tokio::sync::mpsc::error::{SendError, TrySendError};
use tokio::sync::{mpsc, oneshot};

/// Where to send messages to an actor.
///
/// Clone it for each sender. The messages of one sender arrive in the order in which it sent
/// them. Among several senders there is no other order than the one in which they got room.
pub struct Address<M> {
    mailbox: mpsc::Sender<M>,
}

impl<M> Address<M> {
    pub(crate) fn new(mailbox: mpsc::Sender<M>) -> Self {
        Self { mailbox }
    }

    /// Puts a message into the mailbox, and waits while the mailbox is full.
    ///
    /// Senders that wait get room in the order in which they began to wait. `Ok` says that the
    /// message was accepted, not that it was handled.
    ///
    /// # Cancel safety
    ///
    /// If this future is dropped before it is done, the message was not sent, and it is dropped.
    ///
    /// # Errors
    ///
    /// If the actor accepts no more. The error gives the message back.
    pub async fn send(&self, message: M) -> Result<(), SendError<M>> {
        self.mailbox.send(message).await
    }

    /// Puts a message into the mailbox if there is room, and never waits.
    ///
    /// # Errors
    ///
    /// [`Full`](TrySendError::Full): try later, or do without.
    /// [`Closed`](TrySendError::Closed): the actor accepts no more, now or ever. Both give the
    /// message back.
    pub fn try_send(&self, message: M) -> Result<(), TrySendError<M>> {
        self.mailbox.try_send(message)
    }

    /// Sends a request and waits for its reply.
    ///
    /// `request` gets the sender for the reply and makes a message of it.
    ///
    /// There is no limit to the wait: put a [`timeout`](tokio::time::timeout) around it for one.
    ///
    /// # Cancel safety
    ///
    /// If this future is dropped, nobody knows whether the request was sent. If it was, the actor
    /// handles it like any other, and finds nobody to reply to. If it was not, nothing is done.
    ///
    /// # Errors
    ///
    /// [`AskError`] says what they mean.
    // ANCHOR: ask
    pub async fn ask<R>(
        &self,
        request: impl FnOnce(oneshot::Sender<R>) -> M,
    ) -> Result<R, AskError> {
        let (reply, answer) = oneshot::channel();
        self.mailbox
            .send(request(reply))
            .await
            .map_err(|_| AskError::Closed)?;
        answer.await.map_err(|_| AskError::NoReply)
    }
    // ANCHOR_END: ask

    /// For how many more messages the mailbox has room.
    ///
    /// Another sender may take it before you do.
    pub fn room(&self) -> usize {
        self.mailbox.capacity()
    }
}

// Not derived, because a derived one would ask for messages that can be cloned.
impl<M> Clone for Address<M> {
    fn clone(&self) -> Self {
        Self::new(self.mailbox.clone())
    }
}

impl<M> fmt::Debug for Address<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Address")
            .field("room", &self.room())
            .finish_non_exhaustive()
    }
}

/// Why a request has no reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskError {
    /// The actor accepts no more: the request was not accepted, and nothing was done.
    Closed,
    /// The request was accepted, and the sender for its reply dropped: the actor ended at it or
    /// before it (by a panic, or because it was aborted or dropped with its runtime), or whoever
    /// had the sender did not reply. Nobody knows how much was done.
    NoReply,
}

impl Display for AskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Closed => "the actor accepts no more messages",
            Self::NoReply => "the actor accepted the request and did not reply",
        })
    }
}

impl Error for AskError {}
