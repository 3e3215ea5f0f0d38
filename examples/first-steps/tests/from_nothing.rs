//! The steps that the chapter takes from an empty folder: `cargo new`, the dependency, the program.

use std::env;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// The line that the chapter puts below `[dependencies]`.
const DEPENDENCY: &str =
    "tokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\", \"time\"] }";

fn cargo(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(arguments)
        .current_dir(folder)
        // A folder of its own that outlives the test, so that tokio is built once.
        .env(
            "CARGO_TARGET_DIR",
            concat!(env!("CARGO_TARGET_TMPDIR"), "/from-nothing"),
        )
        .output()
        .expect("cargo runs this test, so it can be run")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).replace("\r\n", "\n")
}

#[test]
fn a_new_package_runs_the_first_program() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .expect("examples/first-steps");
    let chapter = fs::read_to_string(root.join("src/async/first-steps.md")).expect("the chapter");
    assert!(
        chapter.contains(DEPENDENCY),
        "the chapter shows the line that is tested here"
    );

    // Outside of this workspace, where a reader is.
    let empty = tempfile::tempdir().expect("there is room for a small package");
    let made = cargo(empty.path(), &["new", "--vcs", "none", "weather"]);
    assert!(made.status.success(), "{}", text(&made.stderr));
    let package = empty.path().join("weather");

    let manifest = package.join("Cargo.toml");
    let new = text(&fs::read(&manifest).expect("cargo has made it"));
    assert!(new.contains("edition = \"2024\""), "{new}");
    let (above, below) = new
        .split_once("[dependencies]\n")
        .expect("a new manifest has the table");
    fs::write(
        &manifest,
        format!("{above}[dependencies]\n{DEPENDENCY}\n{below}"),
    )
    .expect("room");
    fs::copy(
        root.join("examples/first-steps/src/bin/weather.rs"),
        package.join("src/main.rs"),
    )
    .expect("there is room");
    // The versions that this workspace has: they have been fetched, so the test needs no network.
    fs::copy(root.join("Cargo.lock"), package.join("Cargo.lock")).expect("there is room");

    let run = cargo(&package, &["run", "--quiet", "--offline"]);
    assert!(run.status.success(), "{}", text(&run.stderr));
    assert_eq!(text(&run.stdout), "harbor: 21 degrees\n");
}
