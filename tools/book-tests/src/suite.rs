//! The tests of a whole book: one for each consistency check, fragment, program and
//! counter-example, by name, in the format of `cargo test`.
//!
//! The environment chooses:
//!
//! - `BOOK_CHAPTER`: the tests of this chapter only, `semaphores` or `concurrency/semaphores`;
//! - `BOOK_BLESS`: nothing is tested; outputs and errors are written instead;
//! - `BOOK_TIME_LIMIT`: how many seconds a fragment or a program may run.
//!
//! `cargo xtask test CHAPTER --bless` sets the first two.

use std::env;
use std::fs;
use std::panic;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use libtest_mimic::{Arguments, Failed, Trial};

use crate::book::Chapter;
use crate::consistency::CHECKS;
use crate::problem::{Problem, slashed};
use crate::{Book, cargo, counter_examples, fragments, programs};

/// How long a fragment or a program may run: far more than any needs, on a busy machine too.
const TIME_LIMIT: Duration = Duration::from_secs(60);

/// The programs of this package that the tests start. Cargo tells a test where they are, in the
/// variables `CARGO_BIN_EXE_…`.
#[derive(Clone, Debug)]
pub struct Tools {
    /// `fragment-rustc`.
    pub fragment_rustc: PathBuf,
    /// `counter-example`.
    pub counter_example: PathBuf,
}

/// Tests the book at `root`; takes `cargo test`'s options from the command line.
///
/// # Panics
/// If there is no Rust compiler to run.
///
/// # Safety
/// This changes the environment of the process: call it from `main`, before any other thread runs.
#[expect(
    unsafe_code,
    reason = "`fragments::Setup::new` changes the environment"
)]
pub unsafe fn run(root: &Path, tools: &Tools) -> ExitCode {
    let arguments = Arguments::from_args();
    let limit = match env::var("BOOK_TIME_LIMIT").map(|limit| limit.parse()) {
        Ok(Ok(seconds)) => Duration::from_secs(seconds),
        Ok(Err(_)) => {
            eprintln!("error: BOOK_TIME_LIMIT is not a whole number of seconds");
            return ExitCode::FAILURE;
        }
        Err(_) => TIME_LIMIT,
    };
    // SAFETY: the caller promises that no other thread runs.
    let setup = unsafe { fragments::Setup::new(&tools.fragment_rustc, limit) };
    // skeptic and libtest-mimic catch panics; what is worth saying of them is in the problems.
    panic::set_hook(Box::new(|_| {}));

    // As cargo names it, which on Windows is without the prefix that std would add.
    let trials = match dunce::canonicalize(root).map(|root| Book::load(&root)) {
        Ok(Ok(book)) => trials(Arc::new(book), &setup, tools),
        Ok(Err(problems)) => Some(vec![trial("check", "the book can be read", move || {
            to_result(&problems)
        })]),
        Err(error) => {
            eprintln!("error: there is no book at `{}`: {error}", root.display());
            return ExitCode::FAILURE;
        }
    };
    let Some(trials) = trials else {
        let wanted = env::var("BOOK_CHAPTER").unwrap_or_default();
        eprintln!("error: no chapter is called `{wanted}`; `src/SUMMARY.md` lists the chapters");
        return ExitCode::FAILURE;
    };
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// The tests; none if the book has no such chapter as the environment names.
fn trials(book: Arc<Book>, setup: &fragments::Setup, tools: &Tools) -> Option<Vec<Trial>> {
    let bless = env::var_os("BOOK_BLESS").is_some();
    let chosen = chosen(&book);
    let mut trials = Vec::new();
    if chosen.is_empty() {
        return None;
    }
    let is_chosen = |file: &Path| chosen.iter().any(|scope| file.starts_with(scope));

    // Blessing changes what the other tests look at: they come in a run of their own.
    let (checks, all_fragments) = if bless {
        (&CHECKS[..0], Vec::new())
    } else {
        (&CHECKS[..], fragments::of(&book))
    };
    for &(name, check) in checks {
        let (book, chosen) = (Arc::clone(&book), chosen.clone());
        trials.push(trial("check", name, move || {
            let mut problems = check(&book);
            problems.retain(|problem| {
                let is_general = problem.file == Path::new("book.toml");
                is_general || chosen.iter().any(|scope| problem.file.starts_with(scope))
            });
            to_result(&problems)
        }));
    }

    for fragment in all_fragments {
        if is_chosen(&fragment.file) {
            let setup = setup.clone();
            let file = fragment
                .file
                .strip_prefix(&book.src)
                .unwrap_or(&fragment.file);
            let name = format!("{}:{}", slashed(file), fragment.line);
            let run = move || fragments::run(&fragment, &setup).map_err(Failed::from);
            trials.push(trial("fragment", &name, run));
        }
    }

    let mut all = programs::of(&book);
    all.retain(|program| is_chosen(&program.source()));
    let all = Arc::new(all);
    // The first program to run builds them all; the others wait for it.
    let built = Arc::new(OnceLock::new());
    for program in all.iter().cloned() {
        let (book, all, built) = (Arc::clone(&book), Arc::clone(&all), Arc::clone(&built));
        let name = format!("{}/{}", program.package, program.name);
        let limit = setup.limit;
        trials.push(trial("program", &name, move || {
            let built = built.get_or_init(|| programs::build(&book, &all));
            programs::run(&book, &program, built, limit, bless).map_err(Failed::from)
        }));
    }

    let examples = counter_examples::of(&book);
    if examples.is_empty() {
        return Some(trials);
    }
    let setup = counter_examples::Setup {
        runner: tools.counter_example.clone(),
        recorded_with: rust_version(&book.root),
        running: cargo::rustc_version(),
    };
    for example in examples {
        if is_chosen(&example.source()) {
            let (book, setup) = (Arc::clone(&book), setup.clone());
            let name = format!("{}/{}", example.package, example.name);
            let run =
                move || counter_examples::run(&book, &example, &setup, bless).map_err(Failed::from);
            trials.push(trial("counter-example", &name, run));
        }
    }
    Some(trials)
}

/// The files and folders to look at: those of the chapter that `BOOK_CHAPTER` names, or all.
fn chosen(book: &Book) -> Vec<PathBuf> {
    let Ok(wanted) = env::var("BOOK_CHAPTER") else {
        return vec![book.src.clone(), PathBuf::from("examples")];
    };
    let is_wanted = |chapter: &&Chapter| {
        wanted == chapter.name() || wanted == slashed(&chapter.path.with_extension(""))
    };
    let mut chosen = Vec::new();
    for chapter in book.chapters.iter().filter(is_wanted) {
        chosen.push(chapter.file.clone());
        for package in book.packages.values() {
            let owner = book.chapter_of(&package.name);
            if owner.is_some_and(|owner| owner.path == chapter.path) {
                chosen.push(package.dir.clone());
            }
        }
    }
    chosen
}

/// The workspace's `rust-version`, the version whose error messages the book prints.
fn rust_version(root: &Path) -> String {
    fs::read_to_string(root.join("Cargo.toml"))
        .ok()
        .and_then(|manifest| manifest.parse::<toml::Table>().ok())
        .and_then(|manifest| {
            let version = manifest
                .get("workspace")?
                .get("package")?
                .get("rust-version")?;
            Some(version.as_str()?.to_owned())
        })
        .unwrap_or_default()
}

fn trial(
    kind: &str,
    name: &str,
    test: impl FnOnce() -> Result<(), Failed> + Send + 'static,
) -> Trial {
    Trial::test(name, test).with_kind(kind)
}

fn to_result(problems: &[Problem]) -> Result<(), Failed> {
    if problems.is_empty() {
        return Ok(());
    }
    let lines: Vec<String> = problems.iter().map(Problem::to_string).collect();
    Err(Failed::from(lines.join("\n")))
}
