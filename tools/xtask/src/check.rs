//! `cargo xtask check`: what a reader would stumble over that no sample shows.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::tools::{RUMDL, TYPOS};

/// Looks at the links and fragments of the chapters, at the spelling of everything, and at the
/// style of all Markdown. Runs all three, then tells which failed.
///
/// # Errors
/// That one of them finds something, or that its tool can't be fetched.
pub fn check(root: &Path) -> Result<()> {
    let (typos, rumdl) = (TYPOS.get(root)?, RUMDL.get(root)?);
    let mut links = crate::cargo(root);
    links.args([
        "test",
        "--package",
        "book-tests",
        "--test",
        "book",
        "--",
        "links",
    ]);
    let mut spelling = Command::new(typos);
    let mut style = Command::new(rumdl);
    style.args(["check", "--no-cache", "."]);

    let mut failed = Vec::new();
    for (name, command) in [
        ("links", &mut links),
        (
            "spelling (a name that is no mistake goes into typos.toml)",
            &mut spelling,
        ),
        (
            "Markdown style (`rumdl fmt .` mends most of it)",
            &mut style,
        ),
    ] {
        if let Err(error) = crate::run(command.current_dir(root)) {
            failed.push(format!("{name}: {error:#}"));
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    bail!("not in order:\n  {}", failed.join("\n  "))
}
