//! Tests the book: a test for each consistency check, fragment, program and counter-example, by
//! name. See `book_tests::suite` for what the environment chooses.

use std::path::Path;
use std::process::ExitCode;

use book_tests::suite::{self, Tools};

fn main() -> ExitCode {
    let tools = Tools {
        fragment_rustc: env!("CARGO_BIN_EXE_fragment-rustc").into(),
        counter_example: env!("CARGO_BIN_EXE_counter-example").into(),
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    // SAFETY: `main` has started no thread yet.
    #[expect(
        unsafe_code,
        reason = "the fragments' compiler is chosen by the environment"
    )]
    unsafe {
        suite::run(&root, &tools)
    }
}
