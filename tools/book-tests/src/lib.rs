//! Tests the book as the reader sees it: on the chapters as mdBook expands them.
//!
//! [`Book::load`] reads the book, lets mdBook expand the includes, and keeps for each expanded line
//! the line of `src/` that it came from. On that one expansion work:
//!
//! - [`consistency`]: what can be told by reading: that every Rust block is one of the three kinds,
//!   that every file is shown and everything shown exists, that every link leads somewhere;
//! - [`fragments`]: compiles and runs the inline Rust blocks (skeptic);
//! - [`programs`]: builds and runs the programs and compares what they print (snapbox);
//! - [`counter_examples`]: compiles what must not compile and compares the errors (trybuild).
//!
//! Whatever is wrong is a [`Problem`]: a file and a line of the repository, what is wrong, and how
//! to mend it. [`suite`] runs all of it, a test for each sample: `tests/book.rs` on this book,
//! `tests/broken_books.rs` on small broken ones, to hold that every kind of bad input is reported.

pub mod book;
pub mod cargo;
pub mod consistency;
pub mod counter_examples;
pub mod fragments;
pub mod problem;
pub mod programs;
pub mod suite;

pub use book::Book;
pub use problem::Problem;
