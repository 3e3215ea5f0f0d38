//! One task for every concurrency model, and what is measured of it.
//!
//! A thousand clients each ask for a price and wait. When the prices come, each client works out its
//! answer. A program solves the task in one model, in this order:
//!
//! 1. [`Trial::start`], then make the clients. A client calls [`Trial::begin_wait`] when it begins to
//!    wait for its price, and drops the [`Wait`] when it has it.
//! 2. [`Trial::measure`], which returns when as many clients wait as the program says, and looks at
//!    the memory that they take.
//! 3. Send [`price`] to each client; the client calls [`answer`].
//! 4. [`Trial::finish`] with the answers checks them and prints what there is to say.
//!
//! If the program's argument is a number, [`answer`] panics for that client.

#![forbid(unsafe_code)]

use std::env;

pub use trial::{Trial, Wait};

mod trial;

// ANCHOR: task
/// How many clients there are.
pub const CLIENTS: u64 = 1000;

/// The price that this client gets.
pub fn price(client: u64) -> u64 {
    client * 3
}

/// What this client makes of its price.
///
/// # Panics
/// If the program's argument is the number of this client.
pub fn answer(client: u64, price: u64) -> u64 {
    let panics = env::args().nth(1).and_then(|number| number.parse().ok());
    assert_ne!(
        panics,
        Some(client),
        "client {client} panics, as it was asked to"
    );
    client + price
}
// ANCHOR_END: task
