//! Runs trybuild on one counter-example, in the package that the environment names.
//!
//! trybuild works on the package it is compiled into; `counter_examples::run` starts this program
//! with the folder and the variable `CARGO_MANIFEST_DIR` of the package whose dependencies the
//! counter-example has.

use std::env;
use std::path::PathBuf;

use trybuild::TestCases;

fn main() {
    let file = PathBuf::from(env::args_os().nth(1).expect("usage: counter-example FILE"));
    // It compiles when it is dropped, and panics, so that the exit code is not 0, if the file
    // compiles or gets another error than recorded.
    TestCases::new().compile_fail(file);
}
