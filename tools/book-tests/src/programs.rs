//! Programs: `examples/PACKAGE/src/bin/NAME.rs`, built by cargo, run under a time limit, and what
//! they print compared with `NAME.stdout` by snapbox.

use std::collections::BTreeMap;
use std::fs;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use cargo_metadata::Message;
use snapbox::cmd::Command;
use snapbox::{Assert, Data};

use crate::book::{Book, Shown};
use crate::cargo;
use crate::problem::{Problem, slashed};

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

    /// What it prints, relative to the root of the book.
    pub fn stdout(&self) -> PathBuf {
        self.source().with_extension("stdout")
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
    let expected = book.root.join(program.stdout());
    if !expected.is_file() && !bless {
        let file = slashed(&program.stdout());
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
    if bless {
        return write_if_new(&expected, &output.stdout).map_err(|error| {
            let file = slashed(&program.stdout());
            program.problem(
                book,
                &format!("is not blessed: {error}"),
                &format!("mend `{file}`"),
            )
        });
    }
    // Compared to the letter: without snapbox's wildcards and its rewriting of paths.
    let printed = Data::text(String::from_utf8_lossy(&output.stdout).into_owned());
    Assert::new()
        .normalize_paths(false)
        .try_eq(
            Some(&"printed"),
            printed,
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
        })
}

fn write_if_new(file: &Path, text: &[u8]) -> std::io::Result<()> {
    let text = String::from_utf8_lossy(text).replace("\r\n", "\n");
    if fs::read_to_string(file).is_ok_and(|old| old.replace("\r\n", "\n") == text) {
        return Ok(());
    }
    fs::write(file, text)
}
