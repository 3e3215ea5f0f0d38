//! The programs that the tasks start, each of one version, which stands here and nowhere else.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

/// A program that others publish.
#[derive(Clone, Copy, Debug)]
pub struct Tool {
    /// What is started.
    pub program: &'static str,
    /// The package that it comes in.
    pub package: &'static str,
    /// The version that the book is made with.
    pub version: &'static str,
    /// The `opt-level` it is built with: what runs on every save is worth a longer build.
    opt_level: &'static str,
}

/// Builds the book. The crates `mdbook-*` in `Cargo.toml` are of the same version.
pub const MDBOOK: Tool = Tool {
    program: "mdbook",
    package: "mdbook",
    version: "0.5.4",
    opt_level: "1",
};
/// Makes diagrams of the `mermaid` blocks.
pub const MERMAID: Tool = Tool {
    program: "mdbook-mermaid",
    package: "mdbook-mermaid",
    version: "0.17.1",
    opt_level: "1",
};
/// Finds typing errors.
pub const TYPOS: Tool = Tool {
    program: "typos",
    package: "typos-cli",
    version: "1.52.0",
    opt_level: "0",
};
/// Checks Markdown style.
pub const RUMDL: Tool = Tool {
    program: "rumdl",
    package: "rumdl",
    version: "0.3.2",
    opt_level: "0",
};

impl Tool {
    /// The path of the program: that on `PATH` or in `target/tools` if it is of the pinned version;
    /// else it is built into `target/tools` first.
    ///
    /// # Errors
    /// That it can't be built.
    pub fn get(&self, root: &Path) -> Result<PathBuf> {
        let Tool {
            program,
            package,
            version,
            opt_level,
        } = self;
        let folder = folder(root);
        let own = folder
            .join("bin")
            .join(format!("{program}{}", env::consts::EXE_SUFFIX));
        for candidate in [PathBuf::from(program), own.clone()] {
            if version_of(&candidate).as_deref() == Some(*version) {
                return Ok(candidate);
            }
        }
        eprintln!("{program} {version} is not here: building it into target/tools, once");
        let mut install = crate::cargo(root);
        install
            .args(["install", "--locked", "--force", "--root"])
            .arg(&folder);
        install.arg(format!("{package}@{version}"));
        // Their own settings make them fast and slow to build; here they run a few times a day.
        install.env("CARGO_PROFILE_RELEASE_LTO", "off");
        install.env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
        install.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", opt_level);
        crate::run(&mut install).with_context(|| {
            format!("no {program} {version}; if you have no network, put it on PATH yourself")
        })?;
        Ok(own)
    }
}

fn folder(root: &Path) -> PathBuf {
    root.join("target").join("tools")
}

/// `PATH` with the folder of the fetched tools in front, for programs that start each other.
///
/// # Errors
/// That the checkout lies in a folder whose name `PATH` can't hold.
pub fn path(root: &Path) -> Result<OsString> {
    let old = env::var_os("PATH").unwrap_or_default();
    let folders = [folder(root).join("bin")]
        .into_iter()
        .chain(env::split_paths(&old));
    env::join_paths(folders).context("the path of this checkout contains a separator of PATH")
}

/// What `PROGRAM --version` says: the number, without what stands before it.
fn version_of(program: &Path) -> Option<String> {
    let output = Command::new(program).arg("--version").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    Some(
        text.split_whitespace()
            .nth(1)?
            .trim_start_matches('v')
            .to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::MDBOOK;

    #[test]
    fn the_library_that_tests_the_book_is_the_program_that_builds_it() {
        let lock = include_str!("../../../Cargo.lock").replace("\r\n", "\n");
        for library in ["mdbook-driver", "mdbook-markdown", "mdbook-preprocessor"] {
            let entry = format!("name = \"{library}\"\nversion = \"{}\"\n", MDBOOK.version);
            assert!(
                lock.contains(&entry),
                "Cargo.lock has another {library} than {}: `MDBOOK` in tools/xtask/src/tools.rs \
                 and the `mdbook-*` crates in Cargo.toml change together",
                MDBOOK.version
            );
        }
    }
}
