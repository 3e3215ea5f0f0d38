//! That every sample is one of the three kinds of code, whole, tested and shown.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

use crate::book::{Block, Book, Chapter, Shown};
use crate::problem::{Problem, slashed};
use crate::programs::{self, Program};

use super::files_below;

/// The folders of packages in which Rust would be built and tested by nobody.
const UNTESTED: [&str; 4] = ["src/main.rs", "examples", "benches", "build.rs"];

/// Those of them that the tests of the package cover if they start its `src/main.rs`.
const OF_A_TOOL: [&str; 2] = ["src/main.rs", "build.rs"];

/// That every directive names a file that exists and a part of it that is not empty.
pub(super) fn includes(book: &Book) -> Vec<Problem> {
    let mut problems = Vec::new();
    for chapter in &book.chapters {
        let before = problems.len();
        for directive in &chapter.directives {
            if directive.command == "title" {
                continue;
            }
            let file = slashed(&directive.file);
            let problem =
                |what: String, mend: &str| Problem::new(&chapter.file, directive.line, what, mend);
            if directive.command != "include" {
                problems.push(problem(
                    format!("this book knows no `{{{{#{}}}}}`", directive.command),
                    "show the file with `{{#include …}}`",
                ));
                continue;
            }
            let Ok(text) = fs::read_to_string(book.root.join(&directive.file)) else {
                problems.push(problem(
                    format!("includes `{file}`, which does not exist"),
                    "correct the path (it is relative to this chapter) or write the file; a \
                     missing output is written by `cargo xtask test CHAPTER --bless`, missing \
                     figures by `cargo xtask measure CHAPTER PROGRAM`",
                ));
                continue;
            };
            match &directive.part {
                None => {}
                Some(lines) if lines.starts_with(|c: char| c.is_ascii_digit() || c == ':') => {
                    problems.push(problem(
                        format!("includes `{file}` by line numbers, which shift with every edit"),
                        "put `// ANCHOR: name` and `// ANCHOR_END: name` around the part and \
                         include `FILE:name`",
                    ));
                    continue;
                }
                Some(anchor) => {
                    let marked =
                        Regex::new(&format!(r"(?m)\bANCHOR:\s*{}\s*$", regex::escape(anchor)))
                            .expect("an escaped anchor is a valid pattern");
                    if !marked.is_match(&text) {
                        problems.push(problem(
                            format!("`{file}` has no anchor `{anchor}`"),
                            "correct the name, or put `// ANCHOR: name` and `// ANCHOR_END: \
                             name` around the part to show",
                        ));
                        continue;
                    }
                }
            }
            let shown = chapter
                .blocks
                .iter()
                .find(|block| block.directives.iter().any(|d| d.line == directive.line));
            if shown.is_some_and(|block| block.text.trim().is_empty()) {
                problems.push(problem(
                    format!("includes `{file}`, but there is nothing in it"),
                    "include a part that has text; a program that prints nothing shows nothing",
                ));
            }
            if shown.is_some_and(|block| block.text.contains("ANCHOR")) {
                problems.push(problem(
                    format!("shows the reader an anchor comment of `{file}`"),
                    "include a part by its anchor, or take the anchors out of the file",
                ));
            }
        }
        // An escaped directive loses its backslash in the expansion: it is meant to be shown.
        let escaped = chapter.text.matches("{{#").count();
        let source = fs::read_to_string(book.root.join(&chapter.file)).unwrap_or_default();
        if problems.len() == before && escaped > source.matches("\\{{#").count() {
            let offset = chapter.text.find("{{#").unwrap_or_default();
            problems.push(Problem::new(
                &chapter.file,
                chapter.line_at(offset),
                "mdBook leaves a directive here unexpanded",
                "correct it, or write `\\{{#` where the reader is to see it",
            ));
        }
    }
    problems
}

/// That every Rust block is a program, a counter-example, an excerpt or a fragment, that it is
/// marked as its kind is, and that no Rust hides behind another name.
pub(super) fn kinds(book: &Book) -> Vec<Problem> {
    let mut problems = Vec::new();
    for chapter in &book.chapters {
        for block in &chapter.blocks {
            problems.extend(
                kind_of_block(block)
                    .err()
                    .map(|(what, mend)| Problem::new(&chapter.file, block.line, what, mend)),
            );
        }
    }
    problems
}

fn kind_of_block(block: &Block) -> Result<(), (String, String)> {
    static RUST: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?m)^\s*(?:(?:pub )?(?:async )?fn \w+.*[({]\s*$|use \w+(?:::[\w{*]+)+.*;$|let (?:mut )?\w+.* = .*;$|#\[\w+.*\]$)",
        )
        .expect("the pattern is valid")
    });
    let fail = |what: &str, mend: &str| Err((what.to_owned(), mend.to_owned()));
    let shown = block.shown();
    if !block.is_rust() {
        let hidden = block.directives.is_empty() && RUST.is_match(&block.text);
        let of_rust = matches!(
            shown,
            Shown::Program { .. } | Shown::CounterExample { .. } | Shown::Excerpt { .. }
        );
        if hidden && !matches!(&*block.language, "toml" | "js" | "diff" | "markdown") || of_rust {
            return fail(
                "Rust that is not marked as Rust, so that nothing compiles it",
                "mark the fence `rust` (or `rust,compile_fail` for a counter-example)",
            );
        }
        return Ok(());
    }
    for mark in &block.marks {
        let allowed = match &shown {
            Shown::Fragment => matches!(&**mark, "should_panic" | "noplayground"),
            Shown::CounterExample { .. } => matches!(&**mark, "compile_fail" | "noplayground"),
            _ => mark == "noplayground",
        };
        if allowed {
            continue;
        }
        return match &**mark {
            "ignore" | "no_run" => fail(
                &format!("`{mark}`: nothing runs this block"),
                "make it a fragment that asserts what it says, a program in `src/bin` (a server \
                 takes port 0 and a shutdown signal), or a counter-example in `compile-fail`",
            ),
            "compile_fail" => fail(
                "`compile_fail` on a block that is not a counter-example",
                "move the code to `examples/CHAPTER/compile-fail/NAME.rs` and include it, and \
                 below it `NAME.stderr`",
            ),
            _ => fail(
                &format!("`{mark}` is not a mark this book knows here"),
                "take it out; a fragment may bear `should_panic`, any block `noplayground`",
            ),
        };
    }
    match &shown {
        Shown::Fragment if !block.directives.is_empty() => fail(
            "a Rust block that includes something else than one file of the chapter's package",
            "include one program, counter-example or anchored part of `examples/CHAPTER`, and \
             nothing beside it; or write the code into the chapter",
        ),
        Shown::Output { .. } | Shown::Figures { .. } | Shown::Error { .. } => fail(
            "what a program prints or the compiler says, marked as Rust",
            "mark the fence `text`",
        ),
        Shown::CounterExample { .. } if !block.has_mark("compile_fail") => fail(
            "a counter-example that is not marked as one",
            "mark the fence `rust,compile_fail`",
        ),
        Shown::Excerpt { .. } if !block.has_mark("noplayground") => fail(
            "an excerpt with a Run button, though it can't run by itself",
            "mark the fence `rust,noplayground`",
        ),
        _ if !block.directives.is_empty() && block.has_own_lines => fail(
            "a block with both an include and lines of its own",
            "put the lines into the included file",
        ),
        _ => Ok(()),
    }
}

/// That the paragraph above a program names its file and the command that runs it, which is one
/// with `--release` if the program measures; above a counter-example or an excerpt, the file.
pub(super) fn captions(book: &Book) -> Vec<Problem> {
    let mut problems = Vec::new();
    for chapter in &book.chapters {
        for block in &chapter.blocks {
            let (file, commands) = match block.shown() {
                Shown::Program { package, name } => {
                    let arguments = format!("-p {package} --bin {name}");
                    let in_release = format!("`cargo run --release {arguments}`");
                    let commands = if (Program {
                        package: package.clone(),
                        name: name.clone(),
                    })
                    .figures(&book.root)
                    .is_some()
                    {
                        vec![in_release]
                    } else {
                        vec![format!("`cargo run {arguments}`"), in_release]
                    };
                    (format!("examples/{package}/src/bin/{name}.rs"), commands)
                }
                Shown::CounterExample { package, name } => (
                    format!("examples/{package}/compile-fail/{name}.rs"),
                    Vec::new(),
                ),
                Shown::Excerpt { file, .. } => (slashed(&file), Vec::new()),
                _ => continue,
            };
            let caption = block
                .caption
                .as_deref()
                .unwrap_or_default()
                .replace('\n', " ");
            if !caption.contains(&format!("`{file}`")) {
                problems.push(Problem::new(
                    &chapter.file,
                    block.line,
                    format!("the paragraph above does not name the file `{file}`"),
                    "put a paragraph with the file's name, as inline code, directly above",
                ));
            }
            if let Some(command) = commands.first()
                && !commands.iter().any(|command| caption.contains(command))
            {
                problems.push(Problem::new(
                    &chapter.file,
                    block.line,
                    "the paragraph above does not name the command that runs the program",
                    format!("name it there as inline code: {command}"),
                ));
            }
        }
    }
    problems
}

/// That every program, output, counter-example and error has its other half and is shown by its
/// chapter, and that no Rust lies where no test looks.
pub(super) fn samples(book: &Book) -> Vec<Problem> {
    let mut problems = Vec::new();
    for package in book.packages.values() {
        let name = &package.name;
        let Some(chapter) = book.chapter_of(name) else {
            problems.push(Problem::new(
                package.dir.join("Cargo.toml"),
                1,
                format!("no chapter is called `{name}.md`, so nobody reads this package"),
                format!(
                    "write `src/PART/{name}.md`, or give package and folder the name of their \
                     chapter (`PART-NAME` where two parts have a chapter NAME)"
                ),
            ));
            continue;
        };
        let dir = book.root.join(&package.dir);
        let tool = format!("CARGO_BIN_EXE_{name}");
        let is_tested_tool = files_below(&dir.join("tests"))
            .iter()
            .any(|test| fs::read_to_string(test).is_ok_and(|text| text.contains(&tool)));
        for wrong in UNTESTED {
            let is_covered = is_tested_tool && OF_A_TOOL.contains(&wrong);
            if dir.join(wrong).exists() && !is_covered {
                problems.push(Problem::new(
                    package.dir.join(wrong),
                    1,
                    "no test looks here",
                    format!(
                        "programs are files in `src/bin`; only a tool that the package's own tests \
                         start, by `env!(\"{tool}\")`, may be `src/main.rs`"
                    ),
                ));
            }
        }
        problems.extend(files(book, chapter, name, &PROGRAMS));
        problems.extend(files(book, chapter, name, &COUNTER_EXAMPLES));
    }
    problems
}

/// That no two packages have a program of the same name: cargo would build both to one file.
pub(super) fn names(book: &Book) -> Vec<Problem> {
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    let mut problems = Vec::new();
    for program in programs::of(book) {
        let (source, Program { package, name }) = (program.source(), program);
        if let Some(other) = owners.get(&name) {
            problems.push(Problem::new(
                source,
                1,
                format!("`{other}` has a program `{name}` too, and cargo builds both to one file"),
                "give it a name that says what it shows",
            ));
        } else {
            owners.insert(name, package);
        }
    }
    problems
}

/// A folder of samples: for each `NAME.rs` there is one result, in a file with one of these endings.
struct Folder {
    kind: &'static str,
    path: &'static str,
    results: &'static [&'static str],
    /// What may be there beside it.
    extra: &'static [&'static str],
    /// What a file shows, by its package, its name and its ending.
    shown: fn(String, String, &str) -> Shown,
}

const PROGRAMS: Folder = Folder {
    kind: "program",
    path: "src/bin",
    results: &programs::OUTPUTS,
    extra: &[programs::FIGURES],
    shown: |package, name, ending| match ending {
        "rs" => Shown::Program { package, name },
        programs::FIGURES => Shown::Figures { package, name },
        _ => Shown::Output { package, name },
    },
};

const COUNTER_EXAMPLES: Folder = Folder {
    kind: "counter-example",
    path: "compile-fail",
    results: &["stderr"],
    extra: &[],
    shown: |package, name, ending| match ending {
        "rs" => Shown::CounterExample { package, name },
        _ => Shown::Error { package, name },
    },
};

/// That the files of this folder belong to each other and are shown by the chapter.
fn files(book: &Book, chapter: &Chapter, package: &str, folder: &Folder) -> Vec<Problem> {
    let Folder { kind, results, .. } = folder;
    let dir = book.packages[package].dir.join(folder.path);
    let mut problems = Vec::new();
    for entry in fs::read_dir(book.root.join(&dir))
        .into_iter()
        .flatten()
        .flatten()
    {
        let file = dir.join(entry.file_name());
        let display = slashed(&file);
        let file_name = entry.file_name().to_string_lossy().into_owned();
        let (name, ending) = file_name.split_once('.').unwrap_or((&file_name, ""));
        let is_result = results.contains(&ending);
        if entry.path().is_dir() || !(ending == "rs" || is_result || folder.extra.contains(&ending))
        {
            let mut allowed: Vec<String> = [&["rs"], *results, folder.extra]
                .concat()
                .iter()
                .map(|ending| format!("`NAME.{ending}`"))
                .collect();
            let last = allowed.pop().unwrap_or_default();
            problems.push(Problem::new(
                &file,
                1,
                "no test looks here",
                format!(
                    "this folder holds {} and {last}, and nothing else",
                    allowed.join(", ")
                ),
            ));
            continue;
        }
        let place = book
            .place_of(&(folder.shown)(package.to_owned(), name.to_owned(), ending))
            .filter(|(shown, _)| shown.path == chapter.path);
        let beside = |ending: &str| dir.join(format!("{name}.{ending}"));
        let found: Vec<&&str> = results
            .iter()
            .filter(|ending| book.root.join(beside(ending)).is_file())
            .collect();
        if ending == "rs" && found.is_empty() {
            let (file, line) =
                place.map_or((&file, 1), |(chapter, block)| (&chapter.file, block.line));
            problems.push(Problem::new(
                file,
                line,
                format!(
                    "the {kind} `{display}` has no `{}`",
                    slashed(&beside(results[0]))
                ),
                format!(
                    "run {} and read what it writes",
                    book.bless_command(package)
                ),
            ));
        }
        if ending != "rs" && !book.root.join(beside("rs")).is_file() {
            let code = slashed(&beside("rs"));
            problems.push(Problem::new(
                &file,
                1,
                format!("what a {kind} gives, but there is no `{code}`"),
                "write the code or delete this file",
            ));
        }
        if let [first, second, ..] = found[..]
            && ending == *second
        {
            problems.push(Problem::new(
                &file,
                1,
                format!("`{}` is there too", slashed(&beside(first))),
                format!(
                    "keep one of the two: a {kind} prints one thing, on all systems or on the one \
                     that the file's name names"
                ),
            ));
        }
        if place.is_none() {
            let target = relative(&chapter.file, &file);
            problems.push(Problem::new(
                &file,
                1,
                format!("`{}` does not show this file", slashed(&chapter.file)),
                format!("show it there with `{{{{#include {target}}}}}`, or delete it"),
            ));
        }
    }
    problems
}

/// `file` as a chapter's directive names it.
fn relative(chapter: &Path, file: &Path) -> String {
    let up = chapter.components().count().saturating_sub(1);
    format!("{}{}", "../".repeat(up), slashed(file))
}
