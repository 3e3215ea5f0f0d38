//! Lets the compiler read a test that is an `async fn`.

use std::env;
use std::io::{self, Write};
use std::process::{Command, Stdio};

const TEST: &str = "\
#[test]
async fn three_lamps() {
    assert_eq!(price(3).await, 60);
}
";

fn main() -> io::Result<()> {
    let mut compiler = Command::new("rustc")
        .args(["--test", "--edition=2024", "--emit=metadata", "--out-dir"])
        .arg(env::temp_dir())
        .arg("-")
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let stdin = compiler.stdin.take();
    stdin.expect("piped").write_all(TEST.as_bytes())?;
    let output = compiler.wait_with_output()?;
    let errors = String::from_utf8_lossy(&output.stderr);
    println!("{}", errors.lines().next().expect("it has an error"));
    Ok(())
}
