//! `cargo xtask test`.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

/// Tests `chapter` and the package that bears its name, or the whole workspace; with `bless`,
/// writes the outputs and errors first.
///
/// # Errors
/// That a test fails or that there is no such chapter.
pub fn test(root: &Path, chapter: Option<&str>, bless: bool) -> Result<()> {
    if bless {
        let mut write = book_tests(root, chapter);
        crate::run(write.env("BOOK_BLESS", "1")).context("not everything could be blessed")?;
    }
    let Some(chapter) = chapter else {
        return crate::run(crate::cargo(root).args(["test", "--workspace"]));
    };
    crate::run(&mut book_tests(root, Some(chapter)))?;

    let Some(package) = package_of(root, chapter) else {
        return Ok(());
    };
    let dir = root.join("examples").join(&package);
    let has_library = dir.join("src").join("lib.rs").is_file();
    let mut targets = Vec::new();
    if has_library {
        targets.push("--lib");
    }
    if dir.join("tests").is_dir() {
        targets.extend(["--test", "*"]);
    }
    if !targets.is_empty() {
        let mut tests = crate::cargo(root);
        crate::run(tests.args(["test", "--package", &*package]).args(targets))?;
    }
    if has_library {
        crate::run(crate::cargo(root).args(["test", "--package", &*package, "--doc"]))?;
    }
    Ok(())
}

/// The package of a chapter, which is named as in `test`: `PART-NAME`, or else `NAME`.
pub(crate) fn package_of(root: &Path, chapter: &str) -> Option<String> {
    let with_part = chapter.replace('/', "-");
    let name = chapter.rsplit('/').next().unwrap_or(chapter);
    let is_package = |package: &&str| {
        let dir = root.join("examples").join(package);
        dir.join("Cargo.toml").is_file()
    };
    [&*with_part, name]
        .into_iter()
        .find(is_package)
        .map(str::to_owned)
}

fn book_tests(root: &Path, chapter: Option<&str>) -> Command {
    let mut command = crate::cargo(root);
    command.args(["test", "--package", "book-tests", "--test", "book"]);
    if let Some(chapter) = chapter {
        command.env("BOOK_CHAPTER", chapter);
    }
    command
}
