//! The queue between the addresses of an actor and its task.

use tokio::sync::{mpsc, oneshot};

/// The receiving end: the messages that wait, and the owner's wish that no more be accepted.
#[derive(Debug)]
pub(crate) struct Mailbox<M> {
    messages: mpsc::Receiver<M>,
    /// `None` when there is nothing more to hear from the owner.
    stop: Option<oneshot::Receiver<()>>,
}

impl<M> Mailbox<M> {
    pub(crate) fn new(messages: mpsc::Receiver<M>, stop: oneshot::Receiver<()>) -> Self {
        Self {
            messages,
            stop: Some(stop),
        }
    }

    /// The next message; `None` when there is none and none can come.
    ///
    /// That is so when the last address is gone, or when the owner has asked to stop, and all that
    /// was accepted before has been taken out.
    ///
    /// Cancel safe: if this future is dropped, no message is lost.
    pub(crate) async fn next(&mut self) -> Option<M> {
        if let Some(stop) = &mut self.stop {
            tokio::select! {
                biased; // look at `stop` first
                asked = stop => {
                    self.stop = None;
                    // An error says that the owner has dropped its handle: the actor goes on.
                    if asked.is_ok() {
                        self.messages.close();
                    }
                }
                message = self.messages.recv() => return message,
            }
        }
        self.messages.recv().await
    }
}
