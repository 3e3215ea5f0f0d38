//! Measures on your machine what threads and tasks cost, and lays the figures beside recorded and
//! published ones.
//!
//! This is the program of the book's chapter *measured*: `cargo run --release -p measured`.
//!
//! - `src/main.rs` is the command line.
//! - `src/parts/` holds what is measured, a file for each part. A part is a list of [`case::Case`]s.
//! - `src/echo/` holds the echo servers and their clients, which `src/parts/echo.rs` measures.
//! - `src/runner.rs` runs every case in a process of its own, once in each repetition, so that one
//!   that slows the machine down slows down all cases alike. `src/interrupt.rs` ends that on Ctrl-C.
//! - `src/results.rs` is the file of results, `src/machine.rs` what it says of the machine, and
//!   `src/statistics.rs` what a table says of repeated values.
//! - `src/published.rs` holds what others have published, with its sources.
//! - `src/table.rs` prints the table to the terminal. `src/pages.rs` and `src/plot.rs` make the tables
//!   and the pictures of the chapter from `reference.json`.
//! - `src/system.rs` asks the kernel, and `src/counting.rs` counts allocations.
//!
//! # Method
//!
//! One run of a case gives one value for each of its quantities. It begins with a warm-up, whose cost
//! is not in the value. A *repetition* runs all cases one after the other, in a random order and each
//! in a new process. There are [`Scale::repetitions`] of them. A table shows the median of the
//! repetitions, and the smallest and the largest value as spread; the chapter has all of them where
//! they are far apart ([`pages::FAR_APART`]), but for the echo server. All values are in the file of
//! results.
//!
//! Each module in [`parts`] says what is in its figures and what has been taken off.

#![deny(unsafe_code)]

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

pub mod case;
pub mod counting;
pub mod echo;
pub mod interrupt;
pub mod machine;
pub mod pages;
pub mod parts;
pub mod plot;
pub mod published;
pub mod results;
pub mod runner;
pub mod statistics;
pub mod system;
pub mod table;

/// So many rounds of what is timed; in a debug build, whose figures mean nothing and which the tests
/// run, a twentieth of them.
const fn rounds(count: u64) -> u64 {
    if cfg!(debug_assertions) {
        count / 20
    } else {
        count
    }
}

/// How much to measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Scale {
    /// The smaller sizes only, each three times: for a first look.
    Quick,
    /// Every size.
    Full,
}

impl Scale {
    /// How many values each quantity gets.
    pub fn repetitions(self) -> usize {
        match self {
            Scale::Quick => 3,
            Scale::Full => 7,
        }
    }
}
