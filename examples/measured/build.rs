//! Notes which compiler builds the program, and which tokio it is built with.

use std::env;
use std::fs;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../../Cargo.lock");
    println!("cargo::rerun-if-env-changed=RUSTC");

    let rustc = env::var_os("RUSTC").expect("cargo names its compiler to a build script");
    let output = Command::new(rustc)
        .arg("-vV")
        .output()
        .expect("cargo's compiler starts");
    let version = String::from_utf8(output.stdout).expect("rustc speaks UTF-8");
    let line = version.lines().next().expect("`rustc -vV` prints lines");
    println!("cargo::rustc-env=MEASURED_RUSTC={line}");

    let lock = fs::read_to_string("../../Cargo.lock").expect("the workspace has its Cargo.lock");
    let lock: toml::Table = lock.parse().expect("Cargo.lock is TOML");
    let tokio = lock["package"]
        .as_array()
        .expect("`package` in Cargo.lock is a list")
        .iter()
        .find(|package| package["name"].as_str() == Some("tokio"))
        .and_then(|package| package["version"].as_str())
        .expect("this package depends on tokio");
    println!("cargo::rustc-env=MEASURED_TOKIO={tokio}");
}
