//! The tasks of this repository, run as `cargo xtask`: see `cargo xtask --help`.
//!
//! - [`tools`] finds or fetches the pinned programs that the tasks start;
//! - [`build`] builds and serves the book; [`diagrams`], [`terms`] and [`questions`] are its parts in
//!   each build, and [`preprocessor`] is what these have in common;
//! - [`glossary`] reads the terms and their definitions, [`faq`] the questions and their messages,
//!   [`messages`] what identifies one of these, [`ids`] the headings of a page;
//! - [`test`](mod@test) tests it, [`check`] looks at what tests do not;
//! - [`measure`] records what the programs of a chapter measure;
//! - [`new_lesson`] writes the files of a new chapter;
//! - [`bench`] measures how fast all that is.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

pub mod bench;
pub mod build;
pub mod check;
pub mod diagrams;
pub mod faq;
pub mod glossary;
pub mod ids;
pub mod measure;
pub mod messages;
pub mod new_lesson;
pub mod preprocessor;
pub mod questions;
pub mod terms;
pub mod test;
pub mod tools;

/// The root of the checkout that this program was built in.
pub fn root() -> PathBuf {
    let tools = Path::new(env!("CARGO_MANIFEST_DIR"));
    tools.ancestors().nth(2).unwrap_or(tools).to_path_buf()
}

/// A command that runs cargo, at the root.
pub fn cargo(root: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root);
    command
}

/// Prints a command and runs it to its end.
///
/// # Errors
/// That it can't be started or that it fails.
pub fn run(command: &mut Command) -> Result<()> {
    let shown = show(command);
    eprintln!("$ {shown}");
    let status = command
        .status()
        .with_context(|| format!("can't start `{shown}`"))?;
    if !status.success() {
        bail!("`{shown}` failed: {status}");
    }
    Ok(())
}

/// A command as one would type it.
fn show(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let program = program.file_stem().unwrap_or(command.get_program());
    let mut words = vec![program.to_string_lossy().into_owned()];
    words.extend(
        command
            .get_args()
            .map(|word| word.to_string_lossy().into_owned()),
    );
    words.join(" ")
}
