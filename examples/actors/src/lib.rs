//! A small actor: some state, a bounded mailbox, one message at a time, replies by `oneshot`.
//!
//! This is the library of the book's chapter on actors. It is built on tokio's channels.
//!
//! - `src/actor.rs`: [`Actor`], what you implement; [`spawn`], which starts one; [`Running`], by
//!   which its owner stops it and gets its state back.
//! - `src/address.rs`: [`Address`], by which everybody else sends to it and asks it.
//! - `src/mailbox.rs`: where the messages wait.
//! - `src/supervise.rs`: [`supervise`], which starts an actor anew when it panics.
//! - `src/retry.rs`: [`retry`], which repeats what failed, ever later, until a deadline.
//! - `src/backoff.rs`: [`Backoff`], the pauses of the last two.
//! - `src/bin/` holds the programs that the chapter shows.
//! - `tests/` holds what this library promises, on tokio's paused clock; `tests/deadlock.rs` what it
//!   can't promise; `tests/frameworks.rs` what the chapter says of kameo and ractor.
//!
//! There are no loom models here: nothing in this library is shared but tokio's channels, which
//! tokio checks with loom itself.
//!
//! # What a sender knows
//!
//! | it got | so the message |
//! |---|---|
//! | `Ok` of [`send`](Address::send) | is in the mailbox; it is lost only if the actor ends at it (a panic, an abort), or for good before it |
//! | an error of `send` or [`try_send`](Address::try_send) | was not accepted, and is in the error |
//! | [`AskError::Closed`] | was not accepted |
//! | [`AskError::NoReply`] | was accepted, and may have been handled in part, in full, or not at all |
//!
//! No message is handled twice: this library never sends one again. [`retry`] does, if you ask it
//! to.
//!
//! # Examples
//!
//! ```
//! use actors::{Actor, spawn};
//! use tokio::sync::oneshot;
//!
//! struct Counter(u32);
//!
//! enum Message {
//!     Increment,
//!     Get(oneshot::Sender<u32>),
//! }
//!
//! impl Actor for Counter {
//!     type Message = Message;
//!
//!     async fn handle(&mut self, message: Message) {
//!         match message {
//!             Message::Increment => self.0 += 1,
//!             // An error says that nobody waits for the reply any more.
//!             Message::Get(reply) => _ = reply.send(self.0),
//!         }
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let (counter, running) = spawn(Counter(0), 8);
//!
//! counter.send(Message::Increment).await.expect("the counter runs");
//! assert_eq!(counter.ask(Message::Get).await?, 1);
//!
//! let Counter(count) = running.stop().await?;
//! assert_eq!(count, 1);
//! # Ok(())
//! # }
//! ```

#![forbid(unsafe_code)]

mod actor;
mod address;
mod backoff;
mod mailbox;
mod retry;
mod supervise;

pub use actor::{Actor, Running, spawn};
pub use address::{Address, AskError};
pub use backoff::Backoff;
pub use retry::{Retry, RetryError, retry};
pub use supervise::{Restarts, supervise};
