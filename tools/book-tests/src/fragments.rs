//! Fragments: the Rust blocks that stand in the chapters themselves, compiled and run by skeptic.
//!
//! skeptic starts the compiler and runs the result; what it does not know is done by the program
//! `fragment-rustc` of this package, which takes the compiler's place (see there): the edition of
//! the book, a time limit, and messages that name the line of the chapter. For the last, a fragment
//! is written to its file at the very lines at which it stands in the chapter.

use std::env;
use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::Duration;

use regex::Regex;

use crate::book::{Block, Book, Chapter, Shown};
use crate::cargo;
use crate::problem::{Problem, slashed};

/// The crates that fragments may use: those that the book tells its readers to add.
pub const READER_CRATES: [&str; 2] = ["futures", "tokio"];

/// The name of the program that takes the compiler's place.
pub const WRAPPER: &str = "fragment-rustc";

/// A Rust block of a chapter, ready to be compiled.
#[derive(Clone, Debug)]
pub struct Fragment {
    /// The chapter's file, relative to the root of the book.
    pub file: PathBuf,
    /// The line of the opening fence, counted from 1.
    pub line: usize,
    /// Whether it is to panic.
    pub should_panic: bool,
    code: String,
}

/// What fragments are compiled and run with.
#[derive(Clone, Debug)]
pub struct Setup {
    /// How long a fragment may run.
    pub limit: Duration,
    target: String,
}

impl Setup {
    /// Puts the program `wrapper` in the compiler's place for this whole process, and asks the
    /// real compiler what it compiles for.
    ///
    /// # Panics
    /// If there is no compiler to ask.
    ///
    /// # Safety
    /// This changes the environment of the process: no other thread may run yet.
    #[expect(
        unsafe_code,
        reason = "skeptic takes its compiler from the environment only"
    )]
    pub unsafe fn new(wrapper: &Path, limit: Duration) -> Setup {
        let target = cargo::rustc_host();
        let real = env::var_os("RUSTC").unwrap_or_default();
        // SAFETY: the caller promises that no other thread runs.
        unsafe {
            env::set_var(cargo::REAL_RUSTC, real);
            env::set_var("RUSTC", wrapper);
        }
        Setup { limit, target }
    }
}

/// The fragments of a book, in its order.
pub fn of(book: &Book) -> Vec<Fragment> {
    let of_chapter = |chapter: &Chapter| {
        let is_fragment = |block: &&Block| block.is_rust() && block.shown() == Shown::Fragment;
        let fragment = |block: &Block| Fragment {
            file: chapter.file.clone(),
            line: block.line,
            should_panic: block.has_mark("should_panic"),
            code: block.text.clone(),
        };
        chapter
            .blocks
            .iter()
            .filter(is_fragment)
            .map(fragment)
            .collect::<Vec<_>>()
    };
    book.chapters.iter().flat_map(of_chapter).collect()
}

/// Compiles and runs a fragment.
///
/// # Errors
/// That it does not compile, panics (or does not, where it should), fails or does not end.
pub fn run(fragment: &Fragment, setup: &Setup) -> Result<(), Problem> {
    let Fragment {
        file,
        line,
        should_panic,
        ..
    } = fragment;
    let problem = |what: &str, mend: &str| Problem::new(file, *line, what, mend);
    let dir = tempfile::tempdir().map_err(|error| {
        problem(
            &format!("no temporary folder: {error}"),
            "make room for one",
        )
    })?;
    let report = dir.path().join("report");
    let header = format!(
        "/*@fragment\t{}\t{}\t{}\t{}\t{}\t*/",
        slashed(file),
        report.display(),
        setup.limit.as_secs_f64(),
        if *should_panic { "panics" } else { "passes" },
        READER_CRATES.join(","),
    );
    let outcome = panic::catch_unwind(AssertUnwindSafe(|| {
        skeptic::rt::run_test(
            env!("CARGO_MANIFEST_DIR"),
            &build_dir().to_string_lossy(),
            &setup.target,
            &source(&header, *line, &fragment.code),
        );
    }));
    let Err(panic) = outcome else { return Ok(()) };
    let report = fs::read_to_string(report).unwrap_or_default();
    let (kind, details) = report.split_once('\n').unwrap_or(("", ""));
    let mut found = match kind {
        "compile" => problem(
            "this fragment does not compile",
            "correct it; code that must not compile is a counter-example, in \
             `examples/CHAPTER/compile-fail`",
        ),
        "panic" => problem(
            "this fragment panics",
            "correct it, or mark the fence `rust,should_panic` where the panic is the lesson",
        ),
        "no panic" => problem(
            "this fragment is marked `should_panic` and does not panic",
            "take the mark out or make the fragment panic",
        ),
        "time" => problem(
            &format!("this fragment does not end within {:?}", setup.limit),
            "make it end; code that hangs is a program that runs it under a watchdog and prints \
             that it hung",
        ),
        "exit" => problem(
            "this fragment ends with an error",
            "make it end with exit code 0: a fragment asserts what it says",
        ),
        _ => {
            let words = panic
                .downcast_ref::<String>()
                .map_or("skeptic could not run this fragment", String::as_str);
            return Err(problem(
                "skeptic could not run this fragment",
                "see what it says; `cargo clean` helps where a dependency's build is gone",
            )
            .with_details(words));
        }
    };
    found.line = first_line_named(details, file).unwrap_or(found.line);
    Err(found.with_details(details))
}

/// The line of the first `FILE:LINE` in a message about `file`.
fn first_line_named(message: &str, file: &Path) -> Option<usize> {
    let place = Regex::new(&format!(r"{}:(\d+)", regex::escape(&slashed(file))))
        .expect("an escaped path is a valid pattern");
    place.captures(message)?[1].parse().ok()
}

/// A path below the folder of the running build, as skeptic wants one: it takes from it the folder
/// `target/PROFILE`, in which the dependencies lie.
fn build_dir() -> PathBuf {
    let exe = env::current_exe().expect("a running program has a path");
    let profile = exe
        .ancestors()
        .find(|dir| dir.ends_with("deps") || dir.ends_with("build"))
        .and_then(Path::parent)
        .expect("cargo puts tests below `target/PROFILE/deps` or `target/PROFILE/build`");
    profile
        .join("build")
        .join(env!("CARGO_PKG_NAME"))
        .join("out")
}

/// The fragment as a whole program: `code` at the lines that follow line `fence`, without the marks
/// of hidden lines, and within `fn main` if it has none, as mdBook has it for the Run button.
fn source(header: &str, fence: usize, code: &str) -> String {
    let code = show_hidden(code);
    let before = "\n".repeat(fence - 1);
    if code.contains("fn main") {
        return format!("{header}{before}\n{code}");
    }
    let attributes: usize = code
        .lines()
        .take_while(|line| line.trim().is_empty() || line.trim_start().starts_with("#!["))
        .map(|line| line.len() + 1)
        .sum();
    let (attributes, rest) = code.split_at(attributes.min(code.len()));
    if attributes.trim().is_empty() {
        format!("{header}{before}#![allow(unused)] fn main() {{\n{code}\n}}\n")
    } else {
        format!("{header}{before}#![allow(unused)]\n{attributes}fn main() {{ {rest}\n}}\n")
    }
}

/// The lines that mdBook hides, without the `# ` that hides them; `##` stands for one `#`.
fn show_hidden(code: &str) -> String {
    static HIDDEN: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^(\s*)#(?:(#.*)| (.*)|)$").expect("the pattern is valid"));
    let mut shown = String::new();
    for line in code.lines() {
        match HIDDEN.captures(line) {
            Some(captures) => {
                let rest = captures
                    .get(2)
                    .or(captures.get(3))
                    .map_or("", |rest| rest.as_str());
                shown.push_str(&captures[1]);
                shown.push_str(rest);
            }
            None => shown.push_str(line),
        }
        shown.push('\n');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::{show_hidden, source};

    #[test]
    fn hidden_lines_are_shown_and_attributes_are_kept() {
        let code = "# use std::io;\n#\n#[derive(Debug)]\n    # let a = 1;\n##[b]\n#!c\n";
        let shown = "use std::io;\n\n#[derive(Debug)]\n    let a = 1;\n#[b]\n#!c\n";
        assert_eq!(show_hidden(code), shown);
    }

    #[test]
    fn code_stands_at_the_lines_of_the_chapter() {
        let wrapped = source("/**/", 5, "assert!(true);\n");
        assert_eq!(wrapped.lines().nth(5), Some("assert!(true);"));
        let with_main = source("/**/", 5, "fn main() {}\n");
        assert_eq!(with_main.lines().nth(5), Some("fn main() {}"));
        let with_attribute = source("/**/", 5, "#![deny(unused_must_use)]\nassert!(true);\n");
        assert_eq!(
            with_attribute.lines().nth(6),
            Some("fn main() { assert!(true);")
        );
        let at_the_top = source("/**/", 1, "assert!(true);\n");
        assert_eq!(at_the_top.lines().nth(1), Some("assert!(true);"));
    }
}
