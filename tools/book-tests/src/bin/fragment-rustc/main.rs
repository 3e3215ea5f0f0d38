//! Takes the compiler's place when skeptic compiles a fragment.
//!
//! skeptic starts the program that the variable `RUSTC` names, then runs what it has written. This
//! program is started in three roles:
//!
//! 1. *As the compiler of a fragment* (its source begins with the header that `fragments::run`
//!    writes): it runs the real compiler with the book's edition, since skeptic knows none after
//!    2021; with the crates of the book's readers only, not all those that this package uses; with
//!    warnings as errors; and with the chapter's name in place of the temporary file's. What has been
//!    compiled before is taken from a cache. Where the executable should be, it puts itself.
//! 2. *As the fragment* (it has been put there): it runs the real executable under a time limit.
//! 3. *As the compiler of anything else*: it hands everything on.
//!
//! What a fragment's compiler or the fragment says goes into the report file that the header names,
//! and only when something is wrong: first a line with the kind, then the words.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

use wait_timeout::ChildExt;

use cache::{Entry, link};

mod cache;

/// What a fragment is compiled with, beside what skeptic says. The edition is that of `book.toml`.
const OPTIONS: [&str; 4] = [
    "--edition=2024",
    "-Dwarnings",
    "-Cdebuginfo=0",
    "-Cstrip=debuginfo",
];
/// What a Rust program exits with when `main` panics.
const PANICKED: i32 = 101;
/// The header, in a file beside the executable: by it this program knows that it is the fragment.
const LAUNCH: &str = "fragment.launch";
const PROGRAM: &str = if cfg!(windows) {
    "program.exe"
} else {
    "program"
};

/// What `fragments::run` says of a fragment, in the first line of its source.
struct Header {
    text: String,
    chapter: String,
    report: PathBuf,
    limit: Duration,
    should_panic: bool,
    crates: Vec<String>,
}

impl Header {
    fn parse(source: &str) -> Option<Header> {
        let text = source.lines().next()?.to_owned();
        let mut fields = text.split('\t');
        (fields.next()? == "/*@fragment").then_some(())?;
        Some(Header {
            chapter: fields.next()?.to_owned(),
            report: PathBuf::from(fields.next()?),
            limit: Duration::from_secs_f64(fields.next()?.parse().ok()?),
            should_panic: fields.next()? == "panics",
            crates: fields.next()?.split(',').map(str::to_owned).collect(),
            text,
        })
    }
}

fn main() -> io::Result<ExitCode> {
    let mut arguments = env::args_os();
    let this = PathBuf::from(
        arguments
            .next()
            .expect("skeptic and cargo name what they start"),
    );
    let arguments: Vec<OsString> = arguments.collect();

    if let Some(header) = read_header(&this.with_file_name(LAUNCH)) {
        return run(&this, &header);
    }
    match arguments
        .first()
        .and_then(|source| Some((source, read_header(Path::new(source))?)))
    {
        Some((source, header)) => compile(Path::new(source), &arguments[1..], &header),
        None => exit_code(real_rustc().args(arguments).status()?.code()),
    }
}

fn read_header(file: &Path) -> Option<Header> {
    Header::parse(&fs::read_to_string(file).ok()?)
}

fn real_rustc() -> Command {
    let rustc = env::var_os("BOOK_REAL_RUSTC").filter(|rustc| !rustc.is_empty());
    let mut command = Command::new(rustc.unwrap_or_else(|| "rustc".into()));
    command.env_remove("RUSTC");
    command
}

fn exit_code(code: Option<i32>) -> io::Result<ExitCode> {
    Ok(code
        .and_then(|code| u8::try_from(code).ok())
        .map_or(ExitCode::FAILURE, ExitCode::from))
}

fn compile(source: &Path, arguments: &[OsString], header: &Header) -> io::Result<ExitCode> {
    let mut chosen: Vec<OsString> = OPTIONS.map(OsString::from).into();
    let mut executable = None;
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        if argument == "--extern" {
            let Some(library) = rest.next() else { break };
            if header.crates.iter().any(|name| names(library, name)) {
                chosen.extend([argument.clone(), library.clone()]);
            }
        } else if argument == "-o" {
            executable = rest.next().map(PathBuf::from);
        } else if !argument.to_string_lossy().starts_with("--edition") {
            chosen.push(argument.clone());
        }
    }
    // skeptic asks for an executable whenever it means to run the fragment.
    let executable = executable.ok_or(ErrorKind::InvalidInput)?;
    let program = executable.with_file_name(PROGRAM);

    let text = fs::read_to_string(source)?.replacen(&header.text, "", 1);
    let line = text.lines().take_while(|line| line.is_empty()).count();
    let entry = Entry::new((&header.chapter, line), &text, &chosen)?;
    if !entry.restore(&program) {
        let mut renamed = source.as_os_str().to_owned();
        renamed.push("=");
        renamed.push(&header.chapter);
        let mut rustc = real_rustc();
        rustc.arg(source).args(chosen).arg("-o").arg(&program);
        rustc.arg("--remap-path-prefix").arg(renamed);
        let output = rustc.stdin(Stdio::null()).output()?;
        if !output.status.success() {
            fs::write(&header.report, [&b"compile\n"[..], &output.stderr].concat())?;
            return exit_code(output.status.code());
        }
        entry.keep(&program)?;
    }
    fs::write(executable.with_file_name(LAUNCH), &header.text)?;
    link(&env::current_exe()?, &executable)?;
    Ok(ExitCode::SUCCESS)
}

/// Whether `library`, as in `--extern tokio=…/libtokio.rlib`, is the crate `name`.
fn names(library: &OsStr, name: &str) -> bool {
    library
        .to_string_lossy()
        .split_once('=')
        .is_some_and(|(library, _)| library == name)
}

fn run(this: &Path, header: &Header) -> io::Result<ExitCode> {
    let words = header.report.with_extension("words");
    let file = File::create(&words)?;
    let mut child = Command::new(this.with_file_name(PROGRAM))
        .env("RUST_BACKTRACE", "0")
        .stdin(Stdio::null())
        .stdout(file.try_clone()?)
        .stderr(file)
        .spawn()?;
    let status = child.wait_timeout(header.limit)?;
    if status.is_none() {
        // It can only have ended by itself in the meantime.
        child.kill().or_else(|error| match error.kind() {
            ErrorKind::InvalidInput => Ok(()),
            _ => Err(error),
        })?;
        child.wait()?;
    }
    let wrong = match (status, header.should_panic) {
        (None, _) => "time",
        (Some(status), true) if status.code() == Some(PANICKED) => return Ok(ExitCode::SUCCESS),
        (Some(_), true) => "no panic",
        (Some(status), false) if status.success() => return Ok(ExitCode::SUCCESS),
        (Some(status), false) if status.code() == Some(PANICKED) => "panic",
        (Some(_), false) => "exit",
    };
    let words = fs::read(words)?;
    fs::write(&header.report, [wrong.as_bytes(), b"\n", &words].concat())?;
    Ok(ExitCode::FAILURE)
}
