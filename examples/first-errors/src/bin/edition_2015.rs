//! Compiles an `async fn` as `rustc main.rs` does: without an edition.

use std::io::{Result, Write};
use std::process::{Command, Stdio};

fn main() -> Result<()> {
    let mut rustc = Command::new("rustc")
        .args(["--crate-type", "lib", "--emit", "metadata", "-"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    if let Some(mut source) = rustc.stdin.take() {
        source.write_all(b"pub async fn download() {}")?;
    } // dropped: that was the whole source
    let output = rustc.wait_with_output()?;
    let message = String::from_utf8_lossy(&output.stderr);
    println!("{}", message.lines().next().unwrap_or("it compiles"));
    Ok(())
}
