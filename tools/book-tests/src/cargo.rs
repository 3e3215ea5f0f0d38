//! Starting cargo and rustc from within a test.

use std::env;
use std::path::PathBuf;
use std::process::Command;

/// The variable in which the fragment tests keep the user's own `RUSTC`, if there is one, while
/// they put their wrapper in its place.
pub const REAL_RUSTC: &str = "BOOK_REAL_RUSTC";

/// A command that runs the cargo that runs this test, with the real compiler.
pub fn cargo() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    real_rustc(&mut command);
    command
}

/// Undoes, for `command`, the replacement of the compiler by the fragment tests' wrapper.
pub fn real_rustc(command: &mut Command) {
    if let Some(rustc) = env::var_os(REAL_RUSTC) {
        if rustc.is_empty() {
            command.env_remove("RUSTC");
        } else {
            command.env("RUSTC", rustc);
        }
    }
}

/// The running compiler's version as `major.minor`: `1.95`.
///
/// # Panics
/// If `rustc -vV` can't be run or prints something else than it does.
pub fn rustc_version() -> String {
    let release = rustc_says("release");
    let mut parts = release.split('.');
    match (parts.next(), parts.next()) {
        (Some(major), Some(minor)) => format!("{major}.{minor}"),
        _ => panic!("`rustc -vV` names no release but `{release}`"),
    }
}

/// The platform that the compiler runs on, as a target triple.
///
/// # Panics
/// If `rustc -vV` can't be run or prints something else than it does.
pub fn rustc_host() -> String {
    rustc_says("host")
}

/// The folder that the compiler is installed in.
///
/// # Panics
/// If `rustc --print sysroot` can't be run.
pub fn rustc_sysroot() -> PathBuf {
    PathBuf::from(rustc(&["--print", "sysroot"]).trim())
}

fn rustc(arguments: &[&str]) -> String {
    let rustc = env::var_os(REAL_RUSTC).or_else(|| env::var_os("RUSTC"));
    let rustc = rustc
        .filter(|rustc| !rustc.is_empty())
        .unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc)
        .args(arguments)
        .output()
        .expect("cargo runs this test, so there is a rustc to run");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn rustc_says(key: &str) -> String {
    rustc(&["-vV"])
        .lines()
        .find_map(|line| Some(line.strip_prefix(key)?.strip_prefix(": ")?.to_owned()))
        .unwrap_or_else(|| panic!("`rustc -vV` does not tell its {key}"))
}
