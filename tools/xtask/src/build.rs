//! `cargo xtask build` and `cargo xtask serve`.

use std::env;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::tools::{self, MDBOOK, MERMAID};

/// What mdbook-mermaid says when it was built against another patch release of mdBook: harmless.
const HARMLESS: &str = "The mdbook-mermaid preprocessor was built against version";

/// The preprocessors that this program is, as `book.toml` names them.
const PREPROCESSORS: [&str; 3] = ["diagrams", "terms", "questions"];

/// Builds the book into `book/`.
///
/// # Errors
/// That mdBook fails, or that it logs a warning or an error: then it has left something out.
pub fn build(root: &Path) -> Result<()> {
    let mut mdbook = mdbook(root)?;
    eprintln!("$ mdbook build");
    let mut child = mdbook
        .arg("build")
        .stderr(Stdio::piped())
        .spawn()
        .context("can't start mdbook")?;
    let mut complaints = Vec::new();
    let stderr = child
        .stderr
        .take()
        .context("mdbook has a pipe for its log")?;
    for line in BufReader::new(stderr).lines() {
        let line = line.context("can't read mdBook's log")?;
        eprintln!("{line}");
        if is_complaint(&line) {
            complaints.push(line);
        }
    }
    let status = child.wait().context("can't wait for mdbook")?;
    if !status.success() {
        bail!("mdbook failed: {status}");
    }
    if !complaints.is_empty() {
        bail!(
            "mdBook built the book, but not as it is written; `cargo xtask test` names the lines:\n{}",
            complaints.join("\n")
        );
    }
    println!("{}", root.join("book").join("index.html").display());
    Ok(())
}

/// Serves the book on localhost until it is stopped.
///
/// # Errors
/// That mdBook can't be fetched or started, or that it fails, as when the port is taken.
pub fn serve(root: &Path, open: bool, port: u16) -> Result<()> {
    let mut mdbook = mdbook(root)?;
    mdbook.args(["serve", "--port", &port.to_string()]);
    if open {
        mdbook.arg("--open");
    }
    eprintln!("http://localhost:{port} (stop with Ctrl-C)");
    crate::run(&mut mdbook)
}

/// Builds the published site into `site/`. A package of its own does it: who serves the book need not
/// build that.
///
/// # Errors
/// That the site can't be built.
pub fn site(root: &Path, url: Option<&str>) -> Result<()> {
    let mut site = crate::cargo(root);
    site.args(["run", "--quiet", "--package", "site", "--"]);
    if let Some(url) = url {
        site.args(["--url", url]);
    }
    crate::run(&mut site)
}

/// mdBook, with the preprocessors it will start.
pub(crate) fn mdbook(root: &Path) -> Result<Command> {
    let mdbook = MDBOOK.get(root)?;
    MERMAID.get(root)?;
    // This program is the preprocessors that `book.toml` starts by way of cargo; directly, a rebuild
    // does not wait for a running build.
    let this = env::current_exe().context("this program has no path")?;
    let this = this.to_string_lossy().replace('\\', "/");
    let mut command = Command::new(mdbook);
    command.current_dir(root).env("PATH", tools::path(root)?);
    for name in PREPROCESSORS {
        command.env(
            format!("MDBOOK_PREPROCESSOR__{}__COMMAND", name.to_uppercase()),
            format!("'{this}' {name}"),
        );
    }
    Ok(command)
}

fn is_complaint(line: &str) -> bool {
    let level = line
        .split_whitespace()
        .find(|word| matches!(*word, "WARN" | "ERROR"));
    let is_warning = line.to_ascii_lowercase().starts_with("warning");
    (level.is_some() || is_warning) && !line.contains(HARMLESS)
}

#[cfg(test)]
mod tests {
    use super::{PREPROCESSORS, is_complaint};

    #[test]
    fn the_book_has_these_preprocessors() {
        let config = include_str!("../../../book.toml");
        for name in PREPROCESSORS {
            let declared = format!("[preprocessor.{name}]\ncommand = \"cargo xtask {name}\"\n");
            assert!(
                config.replace("\r\n", "\n").contains(&declared),
                "{declared}"
            );
        }
        let commands = config.matches("command = \"cargo xtask ").count();
        assert_eq!(commands, PREPROCESSORS.len());
    }

    #[test]
    fn warnings_and_errors_are_complaints() {
        assert!(is_complaint(
            "ERROR Error updating \"{{#include gone.rs}}\""
        ));
        assert!(is_complaint(
            "2026-01-01 00:00:00 [WARN] (mdbook): x WARN y"
        ));
        assert!(!is_complaint(" INFO Book building has started"));
        assert!(!is_complaint(
            "Warning: The mdbook-mermaid preprocessor was built against version 0.5.0 of mdbook"
        ));
    }
}
