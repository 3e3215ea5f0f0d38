//! Counter-examples: `examples/PACKAGE/compile-fail/NAME.rs`, which must not compile, and
//! `NAME.stderr`, what the compiler says to it, compared by trybuild.
//!
//! Compilers word their errors differently from version to version. The book prints those of one
//! version, the workspace's `rust-version`: with that compiler the text must be the same to the
//! letter. With any other, the same errors must come in the same order, told by their codes and
//! first lines.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::book::{Book, Shown};
use crate::cargo;
use crate::problem::{Problem, slashed};

/// The program of this package that runs trybuild in the package of a counter-example.
pub const RUNNER: &str = "counter-example";

/// A program that must not compile.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CounterExample {
    /// The package, which bears the name of its chapter.
    pub package: String,
    /// The name of the file without its ending.
    pub name: String,
}

/// What counter-examples are compiled with.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The path of the program [`RUNNER`].
    pub runner: PathBuf,
    /// The version whose words the book prints, as `major.minor`.
    pub recorded_with: String,
    /// The version of the running compiler, as `major.minor`.
    pub running: String,
}

impl CounterExample {
    /// The source, relative to the root of the book.
    pub fn source(&self) -> PathBuf {
        self.package_dir()
            .join("compile-fail")
            .join(format!("{}.rs", self.name))
    }

    fn package_dir(&self) -> PathBuf {
        Path::new("examples").join(&self.package)
    }

    fn problem(&self, book: &Book, what: &str, mend: &str) -> Problem {
        let shown = Shown::CounterExample {
            package: self.package.clone(),
            name: self.name.clone(),
        };
        book.problem_of(&shown, "counter-example", &self.source(), what, mend)
    }
}

/// All counter-examples of a book.
pub fn of(book: &Book) -> Vec<CounterExample> {
    let files = book.rust_files("compile-fail").into_iter();
    files
        .map(|(package, name)| CounterExample { package, name })
        .collect()
}

/// Compiles a counter-example and compares what the compiler says.
///
/// With `bless`, writes what it says to the `.stderr` file instead, if it refuses the program and
/// is the version whose words the book prints.
///
/// # Errors
/// That it compiles, has no `.stderr`, or that the compiler says something else.
pub fn run(
    book: &Book,
    example: &CounterExample,
    setup: &Setup,
    bless: bool,
) -> Result<(), Problem> {
    let bless_command = book.bless_command(&example.package);
    let stderr = example.source().with_extension("stderr");
    let is_recorder = setup.running == setup.recorded_with;
    let Setup {
        recorded_with,
        running,
        ..
    } = setup;

    if bless && !is_recorder {
        return Err(example.problem(
            book,
            &format!(
                "can't be blessed with rustc {running}: the book prints those of {recorded_with}"
            ),
            &format!("run {bless_command} with that version: `rustup run {recorded_with} cargo …`"),
        ));
    }
    if !bless && !book.root.join(&stderr).is_file() {
        return Err(example.problem(
            book,
            &format!("has no `{}`", slashed(&stderr)),
            &format!("run {bless_command} and read what it writes"),
        ));
    }

    let no_room = |error: io::Error| {
        example.problem(
            book,
            &format!("can't be tried: {error}"),
            "make room for temporary files",
        )
    };
    let other_error = |words: &str| {
        example
            .problem(
                book,
                "gets another error than its chapter shows",
                &format!("mend it; if what the compiler says now is right, run {bless_command}"),
            )
            .with_details(words)
    };

    if is_recorder {
        let update = if bless { "overwrite" } else { "wip" };
        let file = Path::new("compile-fail").join(format!("{}.rs", example.name));
        let tried = trybuild(book, example, setup, &file, update).map_err(no_room)?;
        match tried {
            Tried::Compiles => return Err(compiles(book, example)),
            Tried::As { expected: true, .. } if bless => {
                let stderr = book.root.join(&stderr);
                let text = fs::read_to_string(&stderr).map_err(no_room)?;
                return fs::write(&stderr, without_std_source(&text)).map_err(no_room);
            }
            Tried::As { expected: true, .. } => return Ok(()),
            Tried::As { words, .. } if bless || !std_source_is_installed() => {
                return Err(other_error(&words));
            }
            // The text may differ only by the lines that the compiler quotes of std's source.
            Tried::As { .. } => {}
        }
    }

    // The compiler's words, for a copy of the file.
    let copy = tempfile::tempdir().map_err(no_room)?;
    let file = copy.path().join(format!("{}.rs", example.name));
    fs::copy(book.root.join(example.source()), &file).map_err(no_room)?;
    match trybuild(book, example, setup, &file, "overwrite").map_err(no_room)? {
        Tried::Compiles => return Err(compiles(book, example)),
        Tried::As {
            expected: false,
            words,
        } => return Err(other_error(&words)),
        Tried::As { .. } => {}
    }
    let said = fs::read_to_string(file.with_extension("stderr")).map_err(no_room)?;
    let shown = fs::read_to_string(book.root.join(&stderr)).map_err(no_room)?;
    if is_recorder {
        let name = format!("{}.rs", example.name);
        let comparable = |text: &str| without_folders_of(&name, &without_std_source(text));
        if comparable(&said) == comparable(&shown) {
            Ok(())
        } else {
            Err(other_error(&said))
        }
    } else if headlines(&said) == headlines(&shown) {
        Ok(())
    } else {
        let what = format!("gets other errors from rustc {running} than from {recorded_with}");
        let mend = "mend it; if the newer compiler is right, raise `rust-version` in \
                    `Cargo.toml` and bless all counter-examples with that version";
        Err(example.problem(book, &what, mend).with_details(said))
    }
}

/// How a run of trybuild ended.
enum Tried {
    /// The file compiles.
    Compiles,
    /// It does not; whether the error is the expected one, and trybuild's words.
    As { expected: bool, words: String },
}

/// Runs trybuild on `file` (relative to the package, or absolute).
fn trybuild(
    book: &Book,
    example: &CounterExample,
    setup: &Setup,
    file: &Path,
    update: &str,
) -> io::Result<Tried> {
    let package = book.root.join(example.package_dir());
    let mut command = Command::new(&setup.runner);
    cargo::real_rustc(&mut command);
    // trybuild takes the package, and with it the dependencies, from where cargo says it runs.
    let output = command
        .arg(file)
        .env("CARGO_MANIFEST_DIR", &package)
        .env("TRYBUILD", update)
        .env("TERM", "dumb")
        .env("RUST_BACKTRACE", "0")
        .current_dir(&package)
        .output()?;
    let words = [output.stdout, output.stderr].concat();
    let words = String::from_utf8_lossy(&words).into_owned();
    if words.contains("Expected test case to fail to compile, but it succeeded") {
        return Ok(Tried::Compiles);
    }
    Ok(Tried::As {
        expected: output.status.success(),
        words,
    })
}

fn compiles(book: &Book, example: &CounterExample) -> Problem {
    example.problem(
        book,
        "compiles, but must not",
        "make it wrong again, or make it a program in `src/bin`",
    )
}

/// Whether the compiler has std's source at hand, which it then quotes in its notes.
fn std_source_is_installed() -> bool {
    cargo::rustc_sysroot().join("lib/rustlib/src/rust").is_dir()
}

/// A compiler's output without the lines that it quotes of std's source, if that is installed.
fn without_std_source(text: &str) -> String {
    let mut kept = String::new();
    let mut in_std = false;
    for line in text.lines() {
        let trimmed = line.trim_start();
        let is_quote = trimmed.starts_with('|') || line == "...";
        in_std = if in_std { is_quote } else { false };
        if !in_std {
            kept.push_str(line);
            kept.push('\n');
        }
        in_std |= ["--> $RUST", "::: $RUST"]
            .iter()
            .any(|start| trimmed.starts_with(start));
    }
    kept
}

/// A compiler's output with `NAME.rs:1:1` for any path that ends so.
fn without_folders_of(name: &str, text: &str) -> String {
    text.lines()
        .map(|line| match (line.find("--> "), line.find(name)) {
            (Some(arrow), Some(place)) if arrow < place => {
                format!("{}--> {}\n", &line[..arrow], &line[place..])
            }
            _ => format!("{line}\n"),
        })
        .collect()
}

/// The first lines of the errors in a compiler's output: code and message.
fn headlines(stderr: &str) -> Vec<&str> {
    stderr
        .lines()
        .filter(|line| line.starts_with("error"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{headlines, without_folders_of, without_std_source};

    #[test]
    fn headlines_are_the_errors_alone() {
        let stderr = "error[E0277]: it is not `Send`\n --> a.rs:1:1\n  |\nwarning: unused\n\
                      error: aborting\n";
        assert_eq!(
            headlines(stderr),
            ["error[E0277]: it is not `Send`", "error: aborting"]
        );
    }

    #[test]
    fn lines_quoted_from_std_are_left_out() {
        let plain =
            "note: required by a bound\n --> $RUST/std/src/thread/mod.rs\nhelp: use it\n  |\n";
        let quoted = plain.replace(
            "mod.rs\n",
            "mod.rs\n  |\n  | pub fn spawn<F>(f: F)\n  |        ----- here\n...\n  |     F: Send,\n",
        );
        assert_ne!(quoted, plain);
        assert_eq!(without_std_source(&quoted), plain);
        assert_eq!(without_std_source(plain), plain);
    }

    #[test]
    fn a_copy_is_compared_by_its_name_alone() {
        let copy = "error: no\n --> /tmp/x/case.rs:5:9\n  | let path = 1;\n";
        let original = "error: no\n --> compile-fail/case.rs:5:9\n  | let path = 1;\n";
        assert_eq!(
            without_folders_of("case.rs", copy),
            without_folders_of("case.rs", original)
        );
    }
}
