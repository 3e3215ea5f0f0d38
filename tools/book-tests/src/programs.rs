//! Programs: `examples/PACKAGE/src/bin/NAME.rs`, built by cargo, run under a time limit, and what
//! they print compared with `NAME.stdout` by snapbox.
//!
//! A program that runs on some systems only has its output in `NAME.SYSTEM.stdout` ([`OUTPUTS`]); on
//! the others it prints one line that begins with [`SKIPPED`]. A program that measures prints what is
//! the same in every run to stdout, and its figures to stderr. Those of one machine are recorded in
//! `NAME.measured`, below a line that names the machine; what the program prints now has to be the
//! same lines with other numbers.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use cargo_metadata::Message;
use regex::Regex;
use snapbox::cmd::Command;
use snapbox::{Assert, Data};

use crate::book::{Book, Chapter, Shown};
use crate::cargo;
use crate::problem::{Problem, slashed};

/// The endings of output files: that of all systems, and those of one, called like Rust's
/// `target_os` and `target_family`.
pub const OUTPUTS: [&str; 5] = [
    "stdout",
    "linux.stdout",
    "macos.stdout",
    "windows.stdout",
    "unix.stdout",
];

/// The ending of recorded figures.
pub const FIGURES: &str = "measured";

/// How the one line begins that a program prints on a system that it does not run on.
pub const SKIPPED: &str = "skipped: ";

/// A program of a chapter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Program {
    /// The package, which bears the name of its chapter.
    pub package: String,
    /// The name of the program.
    pub name: String,
}

/// The programs after the build: the executable of each, or what the compiler said.
pub type Built = BTreeMap<Program, Result<PathBuf, String>>;

impl Program {
    /// The source, relative to the root of the book.
    pub fn source(&self) -> PathBuf {
        Path::new("examples")
            .join(&self.package)
            .join("src/bin")
            .join(format!("{}.rs", self.name))
    }

    /// The file with what it prints, relative to the root of the book: the one that exists, else
    /// the one of all systems.
    pub fn stdout(&self, root: &Path) -> PathBuf {
        let files = OUTPUTS.map(|ending| self.source().with_extension(ending));
        let [first, ..] = &files;
        let exists = files.iter().find(|file| root.join(file).is_file());
        exists.unwrap_or(first).clone()
    }

    /// The file with the figures that it measured, relative to the root, if there is one.
    pub fn figures(&self, root: &Path) -> Option<PathBuf> {
        let file = self.source().with_extension(FIGURES);
        root.join(&file).is_file().then_some(file)
    }

    fn problem(&self, book: &Book, what: &str, mend: &str) -> Problem {
        let shown = Shown::Program {
            package: self.package.clone(),
            name: self.name.clone(),
        };
        book.problem_of(&shown, "program", &self.source(), what, mend)
    }
}

/// All programs of a book.
pub fn of(book: &Book) -> Vec<Program> {
    let files = book.rust_files("src/bin").into_iter();
    files
        .map(|(package, name)| Program { package, name })
        .collect()
}

/// Builds the packages of these programs, all at once.
///
/// # Panics
/// If cargo can't be started or prints what is not its format.
pub fn build(book: &Book, programs: &[Program]) -> Built {
    let mut command = cargo::cargo();
    command.current_dir(&book.root).args([
        "build",
        "--quiet",
        "--bins",
        "--keep-going",
        "--message-format=json",
    ]);
    let mut packages: Vec<&str> = programs.iter().map(|program| &*program.package).collect();
    packages.dedup();
    for package in packages {
        command.args(["--package", package]);
    }
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("cargo runs this test, so it can be run");
    let stdout = BufReader::new(child.stdout.take().expect("stdout is a pipe"));

    let mut executables: BTreeMap<PathBuf, PathBuf> = BTreeMap::new();
    let mut errors: BTreeMap<PathBuf, String> = BTreeMap::new();
    for message in Message::parse_stream(stdout) {
        match message.expect("cargo prints the format it is told to") {
            Message::CompilerArtifact(artifact) => {
                if let Some(executable) = artifact.executable {
                    executables.insert(artifact.target.src_path.into(), executable.into());
                }
            }
            Message::CompilerMessage(message) => {
                let words = message.message.rendered.unwrap_or(message.message.message);
                errors
                    .entry(message.target.src_path.into())
                    .or_default()
                    .push_str(&words);
            }
            _ => {}
        }
    }
    // With `--quiet` and JSON on stdout only what keeps cargo from building comes here.
    let output = child.wait_with_output().expect("the build was started");
    let refusal = String::from_utf8_lossy(&output.stderr).into_owned();

    let outcome = |program: &Program| {
        let source = dunce::canonicalize(book.root.join(program.source())).ok();
        let same = |path: &Path| dunce::canonicalize(path).ok() == source;
        match executables.iter().find(|(path, _)| same(path)) {
            Some((_, executable)) => Ok(executable.clone()),
            None => Err(errors
                .iter()
                .filter(|(path, _)| same(path))
                .map(|(_, words)| words.clone())
                .chain([refusal.clone()])
                .collect::<Vec<_>>()
                .join("\n")),
        }
    };
    programs
        .iter()
        .map(|program| (program.clone(), outcome(program)))
        .collect()
}

/// Runs a program and compares what it prints.
///
/// With `bless`, writes what it prints to its output file instead, if it ends well.
///
/// # Errors
/// That it did not build, has no output file, ended with another exit code than 0, did not end
/// within `limit`, or printed something else.
pub fn run(
    book: &Book,
    program: &Program,
    built: &Built,
    limit: Duration,
    bless: bool,
) -> Result<(), Problem> {
    let bless_command = book.bless_command(&program.package);
    let executable = match built.get(program) {
        Some(Ok(executable)) => executable,
        Some(Err(words)) => {
            return Err(program
                .problem(
                    book,
                    "does not compile",
                    "correct it; code that must not compile is a counter-example, in \
                     `examples/CHAPTER/compile-fail`",
                )
                .with_details(words));
        }
        None => return Err(program.problem(book, "was not built", "run the tests again")),
    };
    let stdout = program.stdout(&book.root);
    let expected = book.root.join(&stdout);
    if !expected.is_file() && !bless {
        let file = slashed(&stdout);
        return Err(program.problem(
            book,
            &format!("has no `{file}`"),
            &format!("run {bless_command} and read what it writes"),
        ));
    }

    let start = Instant::now();
    // A program's own backtrace setting is not the reader's: what it prints must not depend on it.
    let output = Command::new(executable)
        .env("RUST_BACKTRACE", "0")
        .timeout(limit)
        .output()
        .map_err(|error| {
            program.problem(
                book,
                &format!("can't be started: {error}"),
                "build it again",
            )
        })?;
    let said = || {
        let [stdout, stderr] = [&output.stdout, &output.stderr].map(|o| String::from_utf8_lossy(o));
        format!("it printed:\n{stdout}{stderr}")
    };
    if !output.status.success() {
        let problem = if start.elapsed() >= limit {
            program.problem(
                book,
                &format!("does not end within {limit:?}"),
                "make it end: a server takes a shutdown signal, code that hangs runs under a \
                 watchdog that prints that it hung",
            )
        } else {
            program.problem(
                book,
                &format!("fails: {}", output.status),
                "make it end with exit code 0; where the failure is the lesson, catch it and \
                 print it",
            )
        };
        return Err(problem.with_details(said()));
    }
    let printed = String::from_utf8_lossy(&output.stdout).replace("\r\n", "\n");
    if !is_for_here(&stdout) {
        let is_skip = printed.starts_with(SKIPPED) && printed.trim_end().lines().count() == 1;
        return is_skip.then_some(()).ok_or_else(|| {
            let what = format!(
                "has its output in `{}`, which is not for this system, and does not say that it \
                 is skipped here",
                slashed(&stdout)
            );
            let mend = format!("make it print one line here, `{SKIPPED}` and why, and end");
            program.problem(book, &what, &mend).with_details(said())
        });
    }
    if bless {
        write_if_new(&expected, &printed).map_err(|error| {
            let (what, file) = (format!("is not blessed: {error}"), slashed(&stdout));
            program.problem(book, &what, &format!("mend `{file}`"))
        })?;
        return Ok(());
    }
    // Compared to the letter: without snapbox's wildcards and its rewriting of paths.
    Assert::new()
        .normalize_paths(false)
        .try_eq(
            Some(&"printed"),
            Data::text(printed),
            Data::read_from(&expected, None).raw(),
        )
        .map_err(|difference| {
            program
                .problem(
                    book,
                    "prints something else than its chapter shows",
                    &format!(
                        "mend the program; if what it prints now is right, run {bless_command}"
                    ),
                )
                .with_details(difference.to_string())
        })?;
    match program.figures(&book.root) {
        Some(file) => figures(
            book,
            program,
            &file,
            &String::from_utf8_lossy(&output.stderr),
        ),
        None => Ok(()),
    }
}

/// Whether the output in this file is what the program prints on the system that runs this test.
fn is_for_here(stdout: &Path) -> bool {
    let name = stdout.file_name().unwrap_or_default().to_string_lossy();
    match name.split('.').collect::<Vec<_>>()[..] {
        [_, system, "stdout"] => [env::consts::OS, env::consts::FAMILY].contains(&system),
        _ => true,
    }
}

/// Compares the figures in `file` with what the program prints now, numbers aside.
fn figures(book: &Book, program: &Program, file: &Path, now: &str) -> Result<(), Problem> {
    static MACHINE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^\S.*, \d+ cores?, .*, rustc \d+\.\d+\.\d+, \d{4}-\d{2}-\d{2}$")
            .expect("the pattern is valid")
    });
    let chapter = book
        .chapter_of(&program.package)
        .map_or("CHAPTER".to_owned(), Chapter::name);
    let mend = format!(
        "run `cargo xtask measure {chapter} {}` and read what it writes",
        program.name
    );
    let recorded = fs::read_to_string(book.root.join(file)).unwrap_or_default();
    let recorded = recorded.replace("\r\n", "\n");
    let (machine, recorded) = recorded.split_once('\n').unwrap_or_default();
    if !MACHINE.is_match(machine) {
        return Err(Problem::new(
            file,
            1,
            "the first line does not say on which machine and when this was measured",
            mend,
        ));
    }
    Assert::new()
        .normalize_paths(false)
        .try_eq(
            Some(&"printed, with # for each number"),
            Data::text(without_numbers(now)),
            Data::text(without_numbers(recorded)).raw(),
        )
        .map_err(|difference| {
            let what = format!("prints other figures than `{}` has", slashed(file));
            program
                .problem(book, &what, &mend)
                .with_details(difference.to_string())
        })
}

/// `text` with `#` in place of each number, and one space where there are several.
fn without_numbers(text: &str) -> String {
    static NUMBER: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"-?\d[\d,]*(\.\d+)?").expect("the pattern is valid"));
    static SPACES: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(" {2,}").expect("the pattern is valid"));
    let text = text.replace("\r\n", "\n");
    let text = NUMBER.replace_all(&text, "#");
    SPACES.replace_all(&text, " ").into_owned()
}

fn write_if_new(file: &Path, text: &str) -> std::io::Result<()> {
    if fs::read_to_string(file).is_ok_and(|old| old.replace("\r\n", "\n") == text) {
        return Ok(());
    }
    fs::write(file, text)
}
