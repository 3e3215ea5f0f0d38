//! Every kind of bad input, on small broken books: the tests of such a book must fail, and say in
//! which file and line, what is wrong, and how to mend it.
//!
//! This program is started in two roles: by cargo it runs the tests below; by each of them, with
//! the variable `BROKEN_BOOK`, it tests one book exactly as `tests/book.rs` tests the real one.

use std::env;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode, Output};

use book_tests::suite::{self, Tools};
use libtest_mimic::{Arguments, Trial};
use tempfile::TempDir;

#[path = "broken_books/faq.rs"]
mod faq;

/// The variable that names the book to test, in the second role.
const BROKEN_BOOK: &str = "BROKEN_BOOK";

/// The tests; a name says what must be reported, or what must work.
const TESTS: [(&str, fn()); 70] = [
    ("a whole book passes", whole_book_passes),
    ("a new lesson passes at once", new_lesson_passes),
    (
        "two chapters with the same file name pass",
        same_name_in_two_parts_passes,
    ),
    ("a fragment of edition 2024 passes", edition_2024_passes),
    (
        "a fragment that uses tokio and futures passes",
        readers_crates_pass,
    ),
    (
        "a fragment that uses another crate is reported",
        other_crates_are_reported,
    ),
    ("a missing include is reported", missing_include),
    ("an unknown anchor is reported", unknown_anchor),
    ("an empty anchor is reported", empty_anchor),
    ("an include by line numbers is reported", include_by_lines),
    (
        "another directive than include is reported",
        other_directive,
    ),
    ("an unknown table in book.toml is reported", unknown_table),
    ("an unknown key of the book is reported", unknown_book_key),
    (
        "an unknown key of the html output is reported",
        unknown_html_key,
    ),
    (
        "a fragment that does not compile is reported",
        fragment_does_not_compile,
    ),
    (
        "a fragment with a warning is reported",
        fragment_with_warning,
    ),
    ("a fragment that panics is reported", fragment_panics),
    (
        "a fragment that does not panic is reported",
        fragment_does_not_panic,
    ),
    (
        "a panicking fragment must compile",
        panicking_fragment_must_compile,
    ),
    (
        "a fragment that never ends is reported",
        fragment_never_ends,
    ),
    (
        "a fragment that exits with an error is reported",
        fragment_exits,
    ),
    (
        "a program without output file is reported",
        program_without_output,
    ),
    (
        "a program with another output is reported",
        program_with_other_output,
    ),
    (
        "a wildcard in an output file is no wildcard",
        wildcards_are_text,
    ),
    ("a program that fails is reported", program_fails),
    ("a program that never ends is reported", program_never_ends),
    (
        "a program that does not compile is reported",
        program_does_not_compile,
    ),
    (
        "an output file without program is reported",
        output_without_program,
    ),
    (
        "a program that no chapter shows is reported",
        program_not_shown,
    ),
    (
        "a program of another system passes if it is skipped",
        program_of_another_system,
    ),
    (
        "a program of this system that is skipped is reported",
        skipped_on_its_own_system,
    ),
    (
        "a program of another system that runs here is reported",
        not_skipped_elsewhere,
    ),
    ("a program with two output files is reported", two_outputs),
    (
        "figures that differ in nothing but numbers pass",
        figures_of_another_run,
    ),
    (
        "figures with other words are reported",
        figures_with_other_words,
    ),
    (
        "figures without a machine are reported",
        figures_without_machine,
    ),
    (
        "figures from a command without --release are reported",
        figures_without_release,
    ),
    (
        "a file among the programs that no test looks at is reported",
        file_among_the_programs,
    ),
    (
        "a main program that the package's tests do not start is reported",
        main_program_without_test,
    ),
    (
        "two programs with the same name are reported",
        two_programs_with_one_name,
    ),
    (
        "a program without file name above it is reported",
        program_without_caption,
    ),
    (
        "a package without chapter is reported",
        package_without_chapter,
    ),
    (
        "a counter-example that compiles is reported",
        counter_example_compiles,
    ),
    (
        "a counter-example with another error is reported",
        counter_example_other_error,
    ),
    (
        "a counter-example without error file is reported",
        counter_example_without_error,
    ),
    (
        "with another compiler the first lines decide",
        other_compiler,
    ),
    ("a block marked ignore is reported", ignored_block),
    ("a block marked no_run is reported", no_run_block),
    ("Rust in a text block is reported", rust_in_text_block),
    (
        "a chapter missing from the summary is reported",
        chapter_not_in_summary,
    ),
    (
        "a line of the summary without a file is reported",
        summary_without_file,
    ),
    ("a broken link is reported", broken_link),
    (
        "a broken fragment of a link is reported",
        broken_link_fragment,
    ),
    (
        "a diagram without description is reported",
        diagram_without_description,
    ),
    ("an image without text is reported", image_without_text),
    ("a second title is reported", second_title),
    ("an unknown chapter is reported", unknown_chapter),
    ("claims that rest on what is run pass", evidence_passes),
    ("claims out of order are reported", claims_out_of_order),
    (
        "a claim without a verdict is reported",
        claim_without_verdict,
    ),
    (
        "a claim that rests on nothing is reported",
        claim_without_evidence,
    ),
    ("verdicts counted wrong are reported", verdicts_miscounted),
    (
        "evidence that does not exist is reported",
        evidence_that_does_not_exist,
    ),
    (
        "evidence without a result is reported",
        evidence_without_result,
    ),
    (
        "a link that leads past the evidence is reported",
        evidence_elsewhere,
    ),
    ("a glossary whose terms are linked passes", whole_glossary),
    ("a term that nobody links is reported", term_not_linked),
    (
        "a term without a link to a chapter is reported",
        term_without_chapter,
    ),
    (
        "a term that is linked after its first use is reported",
        term_linked_late,
    ),
    (
        "a link to a term that is not there is reported",
        unknown_term,
    ),
];

fn main() -> ExitCode {
    if let Some(root) = env::var_os(BROKEN_BOOK) {
        let tools = Tools {
            fragment_rustc: env!("CARGO_BIN_EXE_fragment-rustc").into(),
            counter_example: env!("CARGO_BIN_EXE_counter-example").into(),
        };
        // SAFETY: `main` has started no thread yet.
        #[expect(
            unsafe_code,
            reason = "the fragments' compiler is chosen by the environment"
        )]
        return unsafe { suite::run(Path::new(&root), &tools) };
    }
    let trial = |(name, test): (&str, fn())| {
        Trial::test(name, move || {
            test();
            Ok(())
        })
    };
    let tests = TESTS.into_iter().chain(faq::TESTS).map(trial);
    libtest_mimic::run(&Arguments::from_args(), tests.collect()).exit_code()
}

/// A small book in a temporary folder: one chapter, `src/part/lesson.md`.
struct SmallBook {
    dir: TempDir,
}

const LESSON: &str = "src/part/lesson.md";
const GREET_RS: &str = "examples/lesson/src/bin/greet.rs";
const FIGURES: &str = "examples/lesson/src/bin/greet.measured";
const WRONG_STDERR: &str = "examples/lesson/compile-fail/wrong.stderr";

impl SmallBook {
    /// A book whose chapter is a title and a sentence.
    fn new() -> SmallBook {
        let book = SmallBook {
            dir: tempfile::tempdir().expect("there is room for a small book"),
        };
        book.write(
            "book.toml",
            "[book]\ntitle = \"Small\"\n\n[rust]\nedition = \"2024\"\n",
        );
        book.write(
            "src/SUMMARY.md",
            "# Summary\n\n- [Lesson](part/lesson.md)\n",
        );
        book.write(LESSON, "# Lesson\n\nA sentence.\n");
        book.write(
            "Cargo.toml",
            "[workspace]\nresolver = \"3\"\nmembers = [\"examples/*\"]\n\n\
             [workspace.package]\nrust-version = \"0.0\"\n",
        );
        book
    }

    fn write(&self, file: &str, text: &str) {
        let path = self.dir.path().join(file);
        fs::create_dir_all(path.parent().expect("a file lies in a folder"))
            .and_then(|()| fs::write(path, text))
            .expect("there is room for a small file");
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.dir.path().join(file)).expect("the book has this file")
    }

    fn append(&self, file: &str, text: &str) {
        self.write(file, &(self.read(file) + text));
    }

    fn replace(&self, file: &str, from: &str, to: &str) {
        let text = self.read(file);
        assert!(text.contains(from), "`{file}` has `{from}`");
        self.write(file, &text.replace(from, to));
    }

    fn remove(&self, file: &str) {
        fs::remove_file(self.dir.path().join(file)).expect("the book has this file");
    }

    /// The line, counted from 1, of the first line that contains `text`.
    fn line(&self, file: &str, text: &str) -> usize {
        let position = self.read(file).lines().position(|line| line.contains(text));
        position.expect("the file has such a line") + 1
    }

    /// Adds a fragment to the lesson.
    fn fragment(self, info: &str, code: &str) -> SmallBook {
        self.append(LESSON, &format!("\n```{info}\n{code}\n```\n"));
        self
    }

    fn package(&self, name: &str) {
        self.write(
            &format!("examples/{name}/Cargo.toml"),
            &format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n"),
        );
    }

    /// Adds the program `greet` to the lesson, with its output.
    fn program(self) -> SmallBook {
        self.package("lesson");
        self.write(
            "examples/lesson/src/bin/greet.rs",
            "fn main() {\n    println!(\"hello\");\n}\n",
        );
        self.write("examples/lesson/src/bin/greet.stdout", "hello\n");
        self.append(
            LESSON,
            "\n`examples/lesson/src/bin/greet.rs`, run with `cargo run -p lesson --bin greet`:\n\n\
             ```rust\n{{#include ../../examples/lesson/src/bin/greet.rs}}\n```\n\n\
             It prints:\n\n\
             ```text\n{{#include ../../examples/lesson/src/bin/greet.stdout}}\n```\n",
        );
        self
    }

    /// Makes `greet` a program of one system, called like Rust's `target_os`.
    fn of_system(self, system: &str) -> SmallBook {
        let (file, output) = (
            "examples/lesson/src/bin/greet.stdout",
            format!("examples/lesson/src/bin/greet.{system}.stdout"),
        );
        self.write(&output, &self.read(file));
        self.remove(file);
        self.replace(LESSON, file, &output);
        self
    }

    /// Lets `greet` measure, and records what it measured on a machine.
    fn figures(self) -> SmallBook {
        self.replace(
            GREET_RS,
            "    println!",
            "    eprintln!(\"a greeting:   12.5 us, 3 of 4\");\n    println!",
        );
        self.write(
            FIGURES,
            "Chip, 2 cores, 4 GiB, System 1, rustc 1.95.0, 2026-11-25\n\
             a greeting: 1,000 us, -1 of 4\n",
        );
        self.replace(LESSON, "cargo run -p", "cargo run --release -p");
        self.append(
            LESSON,
            "\n```text\n{{#include ../../examples/lesson/src/bin/greet.measured}}\n```\n",
        );
        self
    }

    /// Adds the counter-example `wrong` to the lesson. Its error file has the first line only,
    /// which is enough, since the book names another compiler than the running one.
    fn counter_example(self) -> SmallBook {
        self.package("lesson");
        self.write("examples/lesson/src/lib.rs", "");
        self.write(
            "examples/lesson/compile-fail/wrong.rs",
            "fn main() {\n    let count: u32 = \"one\";\n}\n",
        );
        self.write(WRONG_STDERR, "error[E0308]: mismatched types\n");
        self.append(
            LESSON,
            "\n`examples/lesson/compile-fail/wrong.rs`:\n\n\
             ```rust,compile_fail\n{{#include ../../examples/lesson/compile-fail/wrong.rs}}\n```\n\n\
             ```text\n{{#include ../../examples/lesson/compile-fail/wrong.stderr}}\n```\n",
        );
        self
    }

    /// Names the running compiler as the one whose errors the book prints, and records them.
    fn recorded(self) -> SmallBook {
        self.replace("Cargo.toml", "0.0", &book_tests::cargo::rustc_version());
        let blessed = self.test_with("BOOK_BLESS", "1");
        assert!(blessed.status.success(), "{}", text(&blessed));
        self
    }

    /// Tests the book as `cargo test` does.
    fn test(&self) -> Output {
        self.test_with("BOOK_TIME_LIMIT", "60")
    }

    fn test_with(&self, variable: &str, value: &str) -> Output {
        Command::new(env::current_exe().expect("a running program has a path"))
            .env(BROKEN_BOOK, self.dir.path())
            .env("CARGO_TARGET_DIR", self.dir.path().join("target"))
            .env(variable, value)
            .output()
            .expect("this program can be started again")
    }

    fn passes(&self) {
        let output = self.test();
        assert!(
            output.status.success(),
            "the book passes\n{}",
            text(&output)
        );
    }

    /// That the tests fail and report `what` at this line, with advice that contains `mend`.
    fn reports(&self, file: &str, line: usize, what: &str, mend: &str) {
        reported(&self.test(), &format!("{file}:{line}: {what}"), mend);
    }
}

fn text(output: &Output) -> String {
    let [stdout, stderr] = [&output.stdout, &output.stderr].map(|o| String::from_utf8_lossy(o));
    format!("{stdout}{stderr}")
}

fn reported(output: &Output, what: &str, mend: &str) {
    let text = text(output);
    assert!(!output.status.success(), "the exit code is not 0\n{text}");
    let mut lines = text.lines().skip_while(|line| !line.starts_with(what));
    assert!(lines.next().is_some(), "`{what}` is reported\n{text}");
    let advice = lines.next().unwrap_or_default();
    assert!(
        advice.starts_with("  mend: ") && advice.contains(mend),
        "advice `{mend}`\n{text}"
    );
}

fn whole_book_passes() {
    let book = SmallBook::new()
        .program()
        .counter_example()
        .recorded()
        .fragment("rust", "# let hidden = 1;\nassert_eq!(hidden, 1);")
        .fragment("rust,should_panic", "panic!(\"the lesson\");")
        .fragment(
            "mermaid",
            "flowchart TB\n    accTitle: Two\n    accDescr: A to B.\n    A --> B",
        );
    let output = book.test();
    let text = text(&output);
    assert!(output.status.success(), "{text}");
    let fragment = format!(
        "[fragment]        part/lesson.md:{}",
        book.line(LESSON, "# let") - 1
    );
    for line in [
        "[program]         lesson/greet",
        "[counter-example] lesson/wrong",
        &fragment,
    ] {
        assert!(
            text.contains(&format!("{line} ")),
            "`{line}` is listed\n{text}"
        );
    }
}

fn new_lesson_passes() {
    let book = SmallBook::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let real = |file: &str| fs::read_to_string(root.join(file)).expect("the real book has it");
    book.write(
        "Cargo.toml",
        &real("Cargo.toml").replace(", \"tools/*\"", ""),
    );
    book.write("Cargo.lock", &real("Cargo.lock"));
    book.write("src/introduction.md", "# Introduction\n");
    book.append("src/SUMMARY.md", "- [Introduction](introduction.md)\n");

    let written = xtask::new_lesson::create(book.dir.path(), "part/rate-limits");
    let written = written.expect("the name is free").to_string();
    assert!(
        written.contains("cargo xtask test rate-limits"),
        "{written}"
    );

    // It depends on tokio, which is built once for all runs of this test.
    let output = book.test_with("CARGO_TARGET_DIR", env!("CARGO_TARGET_TMPDIR"));
    assert!(output.status.success(), "{}", text(&output));
    assert!(
        text(&output).contains("rate-limits/rate_limits "),
        "{}",
        text(&output)
    );
}

fn same_name_in_two_parts_passes() {
    let book = SmallBook::new()
        .program()
        .fragment("rust", "assert!(true);");
    another_lesson(&book, "welcome");
    book.passes();
}

/// Adds `src/other/lesson.md`, which is as the lesson is, with a package of its own, in which the
/// program is called `program`.
fn another_lesson(book: &SmallBook, program: &str) {
    let lesson = book
        .read(LESSON)
        .replace("lesson", "other-lesson")
        .replace("greet", program);
    book.write("src/other/lesson.md", &lesson);
    book.append("src/SUMMARY.md", "- [Other](other/lesson.md)\n");
    book.package("other-lesson");
    for ending in ["rs", "stdout"] {
        let text = book.read(&format!("examples/lesson/src/bin/greet.{ending}"));
        book.write(
            &format!("examples/other-lesson/src/bin/{program}.{ending}"),
            &text,
        );
    }
}

fn two_programs_with_one_name() {
    let book = SmallBook::new().program();
    another_lesson(&book, "greet");
    let what = "`lesson` has a program `greet` too";
    book.reports(
        "examples/other-lesson/src/bin/greet.rs",
        1,
        what,
        "give it a name",
    );
}

fn edition_2024_passes() {
    // A chain of `let` in a condition: an error before edition 2024.
    let code = "let ticket = Some(3);\nif let Some(number) = ticket && number > 2 {\n    return;\n}\n\
                unreachable!();";
    SmallBook::new().fragment("rust", code).passes();
}

fn readers_crates_pass() {
    let code = "use futures::future::join;\n\n#[tokio::main]\nasync fn main() {\n    \
                assert_eq!(join(async { 1 }, async { 2 }).await, (1, 2));\n}";
    SmallBook::new().fragment("rust", code).passes();
}

fn other_crates_are_reported() {
    let book = SmallBook::new().fragment("rust", "use tempfile::TempDir;");
    let line = book.line(LESSON, "TempDir");
    book.reports(LESSON, line, "this fragment does not compile", "correct it");
}

fn missing_include() {
    let book = SmallBook::new();
    book.append(
        LESSON,
        "\n```text\n{{#include ../../examples/lesson/src/bin/greet.stdout}}\n```\n",
    );
    let line = book.line(LESSON, "include");
    let what = "includes `examples/lesson/src/bin/greet.stdout`, which does not exist";
    book.reports(LESSON, line, what, "--bless");
}

/// A book that shows the part `part` of a file that has the parts `greeting` and `nothing`.
fn with_anchor(part: &str) -> SmallBook {
    let book = SmallBook::new();
    book.package("lesson");
    book.write(
        "examples/lesson/src/lib.rs",
        "// ANCHOR: greeting\npub fn greet() {}\n// ANCHOR_END: greeting\n\
         // ANCHOR: nothing\n// ANCHOR_END: nothing\n",
    );
    book.append(
        LESSON,
        "\n`examples/lesson/src/lib.rs`:\n\n```rust,noplayground\n",
    );
    book.append(
        LESSON,
        &format!("{{{{#include ../../examples/lesson/src/lib.rs:{part}}}}}\n```\n"),
    );
    book
}

fn unknown_anchor() {
    with_anchor("greeting").passes();
    let book = with_anchor("greetings");
    let line = book.line(LESSON, "include");
    let what = "`examples/lesson/src/lib.rs` has no anchor `greetings`";
    book.reports(LESSON, line, what, "correct the name");
}

fn empty_anchor() {
    let book = with_anchor("nothing");
    let line = book.line(LESSON, "include");
    let what = "includes `examples/lesson/src/lib.rs`, but there is nothing in it";
    book.reports(LESSON, line, what, "include a part that has text");
}

fn include_by_lines() {
    let book = with_anchor("1:2");
    let line = book.line(LESSON, "include");
    let what = "includes `examples/lesson/src/lib.rs` by line numbers";
    book.reports(LESSON, line, what, "ANCHOR");
}

fn other_directive() {
    let book = with_anchor("greeting");
    book.replace(LESSON, "{{#include", "{{#rustdoc_include");
    let line = book.line(LESSON, "include");
    book.reports(
        LESSON,
        line,
        "this book knows no `{{#rustdoc_include}}`",
        "{{#include",
    );
}

fn unknown_table() {
    let book = SmallBook::new();
    book.append("book.toml", "\n[outputs.html]\n");
    book.reports(
        "book.toml",
        7,
        "mdBook does not take this configuration",
        "take the key out",
    );
}

fn unknown_book_key() {
    let book = SmallBook::new();
    book.replace("book.toml", "title =", "name =");
    let what = "mdBook does not take this configuration: unknown key `name`";
    book.reports("book.toml", 2, what, "take the key out");
}

fn unknown_html_key() {
    let book = SmallBook::new();
    book.append("book.toml", "\n[output.html]\ndefault-themes = \"light\"\n");
    let what = "mdBook does not take this configuration: unknown key `default-themes`";
    book.reports("book.toml", 8, what, "take the key out");
}

fn fragment_does_not_compile() {
    // Below a program: the expansion has more lines than the chapter.
    let book = SmallBook::new()
        .program()
        .fragment("rust", "let a = 1;\nlet b: u32 = \"\";");
    let line = book.line(LESSON, "let b");
    let output = book.test();
    reported(
        &output,
        &format!("{LESSON}:{line}: this fragment does not compile"),
        "correct it",
    );
    let text = text(&output);
    assert!(
        text.contains(&format!("--> {LESSON}:{line}:14")),
        "rustc names the chapter\n{text}"
    );
}

fn fragment_with_warning() {
    let code = "#[deprecated]\nfn old() {}\n\nfn main() {\n    old();\n}";
    let book = SmallBook::new().fragment("rust", code);
    let line = book.line(LESSON, "old();");
    book.reports(LESSON, line, "this fragment does not compile", "correct it");
}

fn fragment_panics() {
    let book = SmallBook::new()
        .program()
        .fragment("rust", "let a = 1;\nassert_eq!(a, 2);");
    let line = book.line(LESSON, "assert_eq");
    book.reports(LESSON, line, "this fragment panics", "should_panic");
}

fn fragment_does_not_panic() {
    let book = SmallBook::new().fragment("rust,should_panic", "assert!(true);");
    let line = book.line(LESSON, "should_panic");
    let what = "this fragment is marked `should_panic` and does not panic";
    book.reports(LESSON, line, what, "take the mark out");
}

fn panicking_fragment_must_compile() {
    let book = SmallBook::new().fragment("rust,should_panic", "panick!();");
    let line = book.line(LESSON, "panick!");
    book.reports(LESSON, line, "this fragment does not compile", "correct it");
}

fn fragment_never_ends() {
    let book = SmallBook::new().fragment("rust", "loop {\n    std::thread::park();\n}");
    let what = format!(
        "{LESSON}:{}: this fragment does not end within 1s",
        book.line(LESSON, "```rust")
    );
    reported(&book.test_with("BOOK_TIME_LIMIT", "1"), &what, "watchdog");
}

fn fragment_exits() {
    let book = SmallBook::new().fragment("rust", "std::process::exit(3);");
    let line = book.line(LESSON, "```rust");
    book.reports(
        LESSON,
        line,
        "this fragment ends with an error",
        "exit code 0",
    );
}

const GREET: &str = "the program `examples/lesson/src/bin/greet.rs`";

fn program_without_output() {
    let book = SmallBook::new().program();
    book.remove("examples/lesson/src/bin/greet.stdout");
    let line = book.line(LESSON, "```rust");
    let what = format!("{GREET} has no `examples/lesson/src/bin/greet.stdout`");
    book.reports(LESSON, line, &what, "`cargo xtask test lesson --bless`");
    assert!(
        !book
            .dir
            .path()
            .join("examples/lesson/src/bin/greet.stdout")
            .exists()
    );
}

fn program_with_other_output() {
    let book = SmallBook::new().program();
    let line = book.line(LESSON, "```rust");
    let output = "examples/lesson/src/bin/greet.stdout";
    book.write(output, "good morning\n");
    let what = format!("{GREET} prints something else than its chapter shows");
    book.reports(LESSON, line, &what, "`cargo xtask test lesson --bless`");
    assert_eq!(
        book.read(output),
        "good morning\n",
        "nothing is overwritten"
    );

    let blessed = book.test_with("BOOK_BLESS", "1");
    assert!(blessed.status.success(), "{}", text(&blessed));
    assert_eq!(book.read(output), "hello\n", "with --bless it is");
}

fn wildcards_are_text() {
    let book = SmallBook::new().program();
    book.write("examples/lesson/src/bin/greet.stdout", "h[..]\n");
    let line = book.line(LESSON, "```rust");
    let what = format!("{GREET} prints something else than its chapter shows");
    book.reports(LESSON, line, &what, "--bless");
}

fn program_fails() {
    let book = SmallBook::new().program();
    book.replace(
        "examples/lesson/src/bin/greet.rs",
        "println!",
        "std::process::exit(1); //",
    );
    let line = book.line(LESSON, "```rust");
    book.reports(LESSON, line, &format!("{GREET} fails: exit"), "exit code 0");

    // A failing program is not blessed.
    let what = format!("{LESSON}:{line}: {GREET} fails: exit");
    reported(&book.test_with("BOOK_BLESS", "1"), &what, "exit code 0");
    assert_eq!(book.read("examples/lesson/src/bin/greet.stdout"), "hello\n");
}

fn program_never_ends() {
    let book = SmallBook::new().program();
    book.replace("examples/lesson/src/bin/greet.rs", "println!", "loop {} //");
    let line = book.line(LESSON, "```rust");
    let what = format!("{LESSON}:{line}: {GREET} does not end within 1s");
    reported(
        &book.test_with("BOOK_TIME_LIMIT", "1"),
        &what,
        "shutdown signal",
    );
}

fn program_does_not_compile() {
    let book = SmallBook::new().program();
    book.replace("examples/lesson/src/bin/greet.rs", "println!", "printline!");
    let line = book.line(LESSON, "```rust");
    let output = book.test();
    let what = format!("{LESSON}:{line}: {GREET} does not compile");
    reported(&output, &what, "counter-example");
    let file = Path::new("examples")
        .join("lesson")
        .join("src")
        .join("bin")
        .join("greet.rs");
    assert!(
        text(&output).contains(&format!("{}:2:5", file.display())),
        "{}",
        text(&output)
    );
}

fn output_without_program() {
    let book = SmallBook::new().program();
    book.write("examples/lesson/src/bin/part.stdout", "hello\n");
    let file = "examples/lesson/src/bin/part.stdout";
    let what = "what a program gives, but there is no `examples/lesson/src/bin/part.rs`";
    book.reports(file, 1, what, "delete this file");
}

fn program_not_shown() {
    let book = SmallBook::new().program();
    book.write("examples/lesson/src/bin/part.rs", "fn main() {}\n");
    let what = "`src/part/lesson.md` does not show this file";
    let include = "{{#include ../../examples/lesson/src/bin/part.rs}}";
    book.reports("examples/lesson/src/bin/part.rs", 1, what, include);
}

/// A system that runs these tests, and one that does not.
const THIS_SYSTEM: &str = env::consts::OS;
const ANOTHER_SYSTEM: &str = if cfg!(windows) { "linux" } else { "windows" };

fn program_of_another_system() {
    let book = SmallBook::new().program().of_system(ANOTHER_SYSTEM);
    book.replace(GREET_RS, "hello", "skipped: this needs another system");
    let output = book.test();
    assert!(output.status.success(), "{}", text(&output));
    let blessed = book.test_with("BOOK_BLESS", "1");
    assert!(blessed.status.success(), "{}", text(&blessed));
    let output = format!("examples/lesson/src/bin/greet.{ANOTHER_SYSTEM}.stdout");
    assert_eq!(book.read(&output), "hello\n", "what it prints there stays");
}

fn skipped_on_its_own_system() {
    let book = SmallBook::new().program().of_system(THIS_SYSTEM);
    book.replace(GREET_RS, "hello", "skipped: this needs another system");
    let line = book.line(LESSON, "```rust");
    let what = format!("{GREET} prints something else than its chapter shows");
    book.reports(LESSON, line, &what, "mend the program");
}

fn not_skipped_elsewhere() {
    let book = SmallBook::new().program().of_system(ANOTHER_SYSTEM);
    let line = book.line(LESSON, "```rust");
    let what = format!(
        "{GREET} has its output in `examples/lesson/src/bin/greet.{ANOTHER_SYSTEM}.stdout`, which \
         is not for this system, and does not say that it is skipped here"
    );
    book.reports(LESSON, line, &what, "`skipped: ` and why");
    // One line, and no more: a program that says so and goes on is not skipped.
    book.replace(GREET_RS, "hello", "skipped: not really\\nhello");
    book.reports(LESSON, line, &what, "`skipped: ` and why");
}

fn two_outputs() {
    let book = SmallBook::new().program();
    let file = format!("examples/lesson/src/bin/greet.{THIS_SYSTEM}.stdout");
    book.write(&file, "hello\n");
    let what = "`examples/lesson/src/bin/greet.stdout` is there too";
    book.reports(&file, 1, what, "keep one of the two");
}

fn figures_of_another_run() {
    let output = SmallBook::new().program().figures().test();
    assert!(output.status.success(), "{}", text(&output));
}

fn figures_with_other_words() {
    let book = SmallBook::new().program().figures();
    let line = book.line(LESSON, "```rust");
    book.replace(FIGURES, "1,000 us", "1,000 ms");
    let what = format!("{GREET} prints other figures than `{FIGURES}` has");
    book.reports(LESSON, line, &what, "`cargo xtask measure lesson greet`");
}

fn figures_without_machine() {
    let book = SmallBook::new().program().figures();
    book.replace(FIGURES, ", 2026-11-25", "");
    let what = "the first line does not say on which machine and when this was measured";
    book.reports(FIGURES, 1, what, "`cargo xtask measure lesson greet`");
}

fn figures_without_release() {
    let book = SmallBook::new().program().figures();
    let line = book.line(LESSON, "```rust");
    book.replace(LESSON, " --release", "");
    let what = "the paragraph above does not name the command that runs the program";
    let mend = "`cargo run --release -p lesson --bin greet`";
    book.reports(LESSON, line, what, mend);
}

fn file_among_the_programs() {
    let book = SmallBook::new().program();
    book.write("examples/lesson/src/bin/greet.solaris.stdout", "hello\n");
    let file = "examples/lesson/src/bin/greet.solaris.stdout";
    book.reports(file, 1, "no test looks here", "`NAME.linux.stdout`");
}

fn main_program_without_test() {
    let book = SmallBook::new().program();
    book.write("examples/lesson/src/main.rs", "fn main() {}\n");
    let file = "examples/lesson/src/main.rs";
    book.reports(file, 1, "no test looks here", "CARGO_BIN_EXE_lesson");

    let test = "#[test]\nfn it_ends() {\n    let tool = env!(\"CARGO_BIN_EXE_lesson\");\n    \
                assert!(std::process::Command::new(tool).status().is_ok_and(|s| s.success()));\n}\n";
    book.write("examples/lesson/tests/tool.rs", test);
    book.passes();
}

fn program_without_caption() {
    let book = SmallBook::new().program();
    let line = book.line(LESSON, "```rust");
    book.replace(LESSON, "--bin greet`", "`");
    let what = "the paragraph above does not name the command that runs the program";
    book.reports(LESSON, line, what, "`cargo run -p lesson --bin greet`");
}

fn package_without_chapter() {
    let book = SmallBook::new();
    book.package("lessons");
    let what = "no chapter is called `lessons.md`";
    book.reports(
        "examples/lessons/Cargo.toml",
        1,
        what,
        "`src/PART/lessons.md`",
    );
}

const WRONG: &str = "the counter-example `examples/lesson/compile-fail/wrong.rs`";

fn counter_example_compiles() {
    let book = SmallBook::new().counter_example();
    book.replace("examples/lesson/compile-fail/wrong.rs", "\"one\"", "1");
    let line = book.line(LESSON, "```rust");
    book.reports(
        LESSON,
        line,
        &format!("{WRONG} compiles, but must not"),
        "make it wrong again",
    );
}

fn counter_example_other_error() {
    let book = SmallBook::new().counter_example().recorded();
    let recorded = book.read(WRONG_STDERR);
    assert!(
        recorded.contains("--> compile-fail/wrong.rs:2:22"),
        "{recorded}"
    );
    book.replace("examples/lesson/compile-fail/wrong.rs", "\"one\"", "one");
    let line = book.line(LESSON, "```rust");
    let what = format!("{WRONG} gets another error than its chapter shows");
    book.reports(LESSON, line, &what, "`cargo xtask test lesson --bless`");
    assert_eq!(book.read(WRONG_STDERR), recorded, "nothing is overwritten");
}

fn counter_example_without_error() {
    let book = SmallBook::new().counter_example();
    book.remove(WRONG_STDERR);
    let line = book.line(LESSON, "```rust");
    let what = format!("{WRONG} has no `{WRONG_STDERR}`");
    book.reports(LESSON, line, &what, "`cargo xtask test lesson --bless`");
}

fn other_compiler() {
    let book = SmallBook::new().counter_example();
    book.passes();

    book.write(WRONG_STDERR, "error[E0425]: cannot find value\n");
    let line = book.line(LESSON, "```rust");
    let running = book_tests::cargo::rustc_version();
    let what = format!("{WRONG} gets other errors from rustc {running} than from 0.0");
    book.reports(LESSON, line, &what, "raise `rust-version`");

    let what = format!("{LESSON}:{line}: {WRONG} can't be blessed with rustc {running}");
    reported(&book.test_with("BOOK_BLESS", "1"), &what, "rustup run 0.0");
}

fn ignored_block() {
    let book = SmallBook::new().fragment("rust,ignore", "let a = 1;");
    let line = book.line(LESSON, "ignore");
    book.reports(
        LESSON,
        line,
        "`ignore`: nothing runs this block",
        "a fragment",
    );
}

fn no_run_block() {
    let book = SmallBook::new().fragment("rust,no_run", "let a = 1;");
    let line = book.line(LESSON, "no_run");
    book.reports(
        LESSON,
        line,
        "`no_run`: nothing runs this block",
        "a program",
    );
}

fn rust_in_text_block() {
    let book = SmallBook::new().fragment("text", "fn main() {\n    let a = 1;\n}");
    let line = book.line(LESSON, "```text");
    book.reports(
        LESSON,
        line,
        "Rust that is not marked as Rust",
        "mark the fence `rust`",
    );
}

fn chapter_not_in_summary() {
    let book = SmallBook::new();
    book.write("src/part/hidden.md", "# Hidden\n");
    let what = "`SUMMARY.md` does not list this chapter";
    book.reports("src/part/hidden.md", 1, what, "- [Title](part/hidden.md)");
}

fn summary_without_file() {
    let book = SmallBook::new();
    book.append("src/SUMMARY.md", "- [Gone](part/gone.md)\n- [Draft]()\n");
    let output = book.test();
    reported(
        &output,
        "src/SUMMARY.md:4: there is no `src/part/gone.md`",
        "write that file",
    );
    reported(
        &output,
        "src/SUMMARY.md:5: a chapter without a file",
        "write the chapter",
    );
}

fn broken_link() {
    let book = SmallBook::new();
    book.append(
        LESSON,
        "\nSee [there](gone.md).\n\n<a href=\"lost.md\">there</a>\n",
    );
    let output = book.test();
    let [gone, lost] = ["gone", "lost"].map(|name| {
        let line = book.line(LESSON, name);
        format!("{LESSON}:{line}: a broken link: there is no `src/part/{name}.md`")
    });
    reported(&output, &gone, "relative to this one");
    reported(&output, &lost, "relative to this one");
}

fn broken_link_fragment() {
    let book = SmallBook::new();
    book.append(LESSON, "\n## What it costs\n\nTerm\n: It is a *term*.\n");
    book.append(
        LESSON,
        "\nSee [costs](#what-it-costs) and the [term](../part/lesson.md#term).\n",
    );
    book.passes();
    book.append(LESSON, "\nSee [price](#what-it-cost).\n");
    let line = book.line(LESSON, "price");
    let what = "a broken link: `src/part/lesson.md` has no `#what-it-cost`";
    book.reports(LESSON, line, what, "`#what-it-costs`");
}

fn diagram_without_description() {
    let book = SmallBook::new().fragment("mermaid", "flowchart TB\n    A --> B");
    let line = book.line(LESSON, "```mermaid");
    let output = book.test();
    reported(
        &output,
        &format!("{LESSON}:{line}: a diagram without `accTitle`"),
        "accTitle: …",
    );
    reported(
        &output,
        &format!("{LESSON}:{line}: a diagram without `accDescr`"),
        "accDescr: …",
    );
}

fn image_without_text() {
    let book = SmallBook::new();
    book.write(
        "src/part/plot.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    );
    book.append(LESSON, "\n![a plot](plot.svg)\n");
    book.passes();
    book.append(LESSON, "\nnothing: ![](plot.svg)\n");
    let line = book.line(LESSON, "nothing");
    book.reports(
        LESSON,
        line,
        "an image without a text",
        "![what it shows](file)",
    );
}

fn second_title() {
    let book = SmallBook::new();
    book.append(LESSON, "\n# Another\n");
    let line = book.line(LESSON, "# Another");
    book.reports(LESSON, line, "a second heading of the first level", "## …");
}

fn unknown_chapter() {
    let output = SmallBook::new().test_with("BOOK_CHAPTER", "lessons");
    assert!(!output.status.success());
    assert!(
        text(&output).contains("error: no chapter is called `lessons`"),
        "{}",
        text(&output)
    );
}

const EVIDENCE: &str = "src/appendix/evidence.md";

/// A book with a sample of each kind, and a page with three claims that rest on them.
fn with_evidence() -> SmallBook {
    let book = SmallBook::new().program().figures().counter_example();
    book.append(LESSON, "\n## Small\n");
    let book = book.fragment("rust", "assert!(true);");
    book.write(
        "examples/lesson/tests/greeting.rs",
        "/// Says hello.\n#[test]\n#[should_panic = \"hello\"]\nfn greets() {\n    panic!(\"hello\");\n}\n\nfn helps() {}\n",
    );
    book.append("src/SUMMARY.md", "- [Evidence](appendix/evidence.md)\n");
    book.write(
        EVIDENCE,
        "# Evidence\n\n\
         | verdict | claims |\n| --- | --- |\n\
         | **True** | 1 |\n| **True if** | 1 |\n| **Wrong** | 1 |\n\n\
         ## First\n\n\
         1. It greets.\n\n   **True.** It does, see [there](../part/lesson.md). Shown by\n   \
         [program `lesson/greet`](../part/lesson.md#lesson),\n   \
         [measurement\n   `lesson/greet`](../part/lesson.md#lesson).\n\n\
         2. It counts.\n\n   **True\n   if** it compiles. Shown by\n   \
         [counter-example `lesson/wrong`](../part/lesson.md#lesson).\n\n\
         ## Second\n\n\
         3. It is large.\n\n   **Wrong.** It is **not**. Shown by\n   \
         [fragment `lesson`](../part/lesson.md#small),\n   \
         [test `lesson::greets`](../part/lesson.md#lesson).\n\n   \
         1. This is no claim.\n",
    );
    book
}

/// That of a book with claims these problems are reported, each at the line of the page that has
/// the first text.
fn reports_of_evidence(book: &SmallBook, problems: &[(&str, &str, &str)]) {
    let output = book.test();
    for (place, what, mend) in problems {
        let line = book.line(EVIDENCE, place);
        reported(&output, &format!("{EVIDENCE}:{line}: {what}"), mend);
    }
}

fn evidence_passes() {
    with_evidence().passes();
}

fn claims_out_of_order() {
    let due = "number the claims from 1";
    let book = with_evidence();
    book.replace(EVIDENCE, "3. It is large", "4. It is large");
    let what = "claim 4 stands where claim 3 is due";
    reports_of_evidence(&book, &[("It is large", what, due)]);

    // A list counts on, whatever is written.
    let book = with_evidence();
    book.replace(EVIDENCE, "2. It counts", "1. It counts");
    let what = "claim 1 (on the rendered page: 2) stands where claim 2 is due";
    reports_of_evidence(&book, &[("It counts", what, due)]);

    let book = with_evidence();
    let text = book.read(EVIDENCE);
    let table = &text[..text.find("## First").expect("it is there")];
    book.write(EVIDENCE, table);
    let what = "there is no claim on this page";
    reports_of_evidence(&book, &[("# Evidence", what, "a numbered list")]);
}

fn claim_without_verdict() {
    let book = with_evidence();
    book.replace(EVIDENCE, "**True.** It does", "It does");
    book.replace(EVIDENCE, "**Wrong.** It is **not**", "**False.** It is not");
    let mend = "`**True.**`, `**True if**` or `**Wrong.**`";
    reports_of_evidence(
        &book,
        &[
            ("It greets", "claim 1 has no verdict", mend),
            ("It is large", "claim 3 has the verdict `False`", mend),
        ],
    );
}

fn claim_without_evidence() {
    let book = with_evidence();
    book.replace(EVIDENCE, "[counter-example `lesson/wrong`]", "[see there]");
    book.replace(
        EVIDENCE,
        "[test `lesson::greets`]",
        "[proof `lesson::greets`]",
    );
    reports_of_evidence(
        &book,
        &[
            (
                "It counts",
                "claim 2 rests on nothing that is run",
                "add a link ``[KIND `NAME`](PAGE#HEADING)``",
            ),
            (
                "[proof",
                "`proof` is no kind of evidence",
                "counter-example",
            ),
        ],
    );
}

fn verdicts_miscounted() {
    let book = with_evidence();
    book.replace(EVIDENCE, "| **True** | 1 |", "| **True** | 2 |");
    book.replace(EVIDENCE, "| **Wrong** | 1 |", "| wrong | 1 |");
    book.replace(EVIDENCE, "| **True if** | 1 |", "| **True if** | one |");
    reports_of_evidence(
        &book,
        &[
            (
                "| **True** |",
                "the table has `2` claims that are `True`, the list has 1",
                "write 1",
            ),
            (
                "| **True if** |",
                "the table has `one` claims that are `True if`, the list has 1",
                "write 1",
            ),
            (
                "# Evidence",
                "no table says how many claims are `Wrong`",
                "`| **Wrong** | 1 | … |`",
            ),
        ],
    );
}

fn evidence_that_does_not_exist() {
    let book = with_evidence();
    book.replace(EVIDENCE, "program `lesson/greet`", "program `lesson/wave`");
    book.replace(EVIDENCE, "   `lesson/greet`", "   `greet`");
    book.replace(EVIDENCE, "`lesson/wrong`", "`lesson/right`");
    book.replace(EVIDENCE, "lesson.md#small", "lesson.md#lesson");
    // A function that is there, and no test.
    book.replace(EVIDENCE, "`lesson::greets`", "`lesson::helps`");
    reports_of_evidence(
        &book,
        &[
            (
                "[program",
                "there is no program `examples/lesson/src/bin/wave.rs`",
                "correct the name",
            ),
            (
                "[measurement",
                "`greet` does not name a measurement",
                "`PACKAGE/NAME`",
            ),
            (
                "[counter-example",
                "there is no counter-example `examples/lesson/compile-fail/right.rs`",
                "correct the name",
            ),
            (
                "[fragment",
                "`src/part/lesson.md` has no fragment under `#lesson`",
                "a `rust` block",
            ),
            (
                "[test",
                "no Rust file below `examples/lesson` has a test `helps`",
                "write the test",
            ),
        ],
    );
    let book = with_evidence();
    book.replace(EVIDENCE, "`lesson::greets`", "`lessons::greets`");
    let what = "`lessons::greets` does not name a test of a package below `examples`";
    reports_of_evidence(&book, &[("[test", what, "`PACKAGE::FUNCTION`")]);
}

fn evidence_without_result() {
    let book = with_evidence();
    book.remove("examples/lesson/src/bin/greet.stdout");
    book.remove(FIGURES);
    book.remove(WRONG_STDERR);
    let program = "`examples/lesson/src/bin/greet.rs` has no `examples/lesson/src/bin/greet";
    reports_of_evidence(
        &book,
        &[
            (
                "[program",
                &format!("the program {program}.stdout`"),
                "--bless",
            ),
            (
                "[measurement",
                &format!("the measurement {program}.measured`"),
                "`cargo xtask measure lesson greet`",
            ),
            (
                "[counter-example",
                &format!("{WRONG} has no `{WRONG_STDERR}`"),
                "--bless",
            ),
        ],
    );
}

fn evidence_elsewhere() {
    let book = with_evidence();
    let link = |kind: &str, from: &str, to: &str| {
        let start = format!("[{kind} `lesson{from}](../part/lesson.md#");
        book.replace(EVIDENCE, &start, &format!("[{kind} `lesson{from}]({to}#"));
    };
    link("program", "/greet`", "");
    link("counter-example", "/wrong`", "../part/lessons.md");
    link("fragment", "`", "");
    link("test", "::greets`", "");
    book.replace(
        EVIDENCE,
        "   `lesson/greet`](../part/lesson.md#lesson)",
        "   `lesson/greet`](../part/lesson.md#small)",
    );
    reports_of_evidence(
        &book,
        &[
            (
                "[program",
                "the link of program `examples/lesson/src/bin/greet.rs` leads to `src/appendix/evidence.md`, which does not show `examples/lesson/src/bin/greet.rs`",
                "the chapter that includes",
            ),
            (
                "[measurement",
                "`examples/lesson/src/bin/greet.rs` stands in `src/part/lesson.md` under `#lesson`, and not under `#small`",
                "link to `#lesson`",
            ),
            (
                "[counter-example",
                "the link of counter-example `lesson/wrong` leads to no chapter",
                "by its path",
            ),
            (
                "[fragment",
                "a fragment of `lesson`, and the link leads to `src/appendix/evidence.md`",
                "write fragment `evidence`",
            ),
            (
                "[test",
                "the link of test `lesson::greets` leads to `src/appendix/evidence.md`, which is not the chapter of `lesson`",
                "the package's name",
            ),
        ],
    );

    let book = with_evidence();
    book.replace(
        EVIDENCE,
        "`lesson/wrong`](../part/lesson.md#lesson)",
        "`lesson/wrong`](../part/lesson.md)",
    );
    book.replace(
        EVIDENCE,
        "`lesson::greets`](../part/lesson.md#lesson)",
        "`lesson::greets`](../part/lesson.md#large)",
    );
    reports_of_evidence(
        &book,
        &[
            (
                "[counter-example",
                "the link of counter-example `lesson/wrong` leads to no heading",
                "`PAGE#HEADING`",
            ),
            (
                "[test",
                "`src/part/lesson.md` has no heading `#large`",
                "a heading that is there",
            ),
        ],
    );
}

/// A book with a glossary: the lesson links the term `Green thread`, and that the term `Fiber`.
fn with_glossary() -> SmallBook {
    let book = SmallBook::new();
    book.append("src/SUMMARY.md", "- [Glossary](glossary.md)\n");
    book.write(
        "src/glossary.md",
        "# Glossary\n\n\
         Fiber\n: Nobody schedules it. See [Lesson](part/lesson.md).\n\n\
         Green thread\n: A [fiber](#fiber) with a scheduler. See [Lesson](part/lesson.md).\n",
    );
    book.append(
        LESSON,
        "\nOne *[green\nthread](../glossary.md#green-thread)*.\n",
    );
    book
}

fn whole_glossary() {
    let book = with_glossary();
    // None of these is a first use: a later one, the sentence below the title, a heading, code, a
    // link, a table, another word.
    book.replace(
        LESSON,
        "A sentence.",
        "About green threads.\n\n## A green thread\n\n\
        `green thread` [Green thread](https://example.org) evergreen thread\n\n\
        | green thread |\n| --- |\n| green thread |",
    );
    book.append(LESSON, "\nA green thread more.\n");
    book.passes();
}

fn term_not_linked() {
    let book = with_glossary();
    book.append(
        "src/glossary.md",
        "\nTask\n: Not a [task](#task). See [Lesson](part/lesson.md).\n",
    );
    let line = book.line("src/glossary.md", "Task");
    book.reports(
        "src/glossary.md",
        line,
        "no chapter links the term `Task`",
        "`*[task](../glossary.md#task)*`",
    );
}

fn term_without_chapter() {
    let book = with_glossary();
    book.replace(
        "src/glossary.md",
        " with a scheduler. See [Lesson](part/lesson.md).",
        "",
    );
    let line = book.line("src/glossary.md", "Green thread");
    book.reports(
        "src/glossary.md",
        line,
        "the definition of `Green thread` links no chapter",
        "a link to the section that explains the term",
    );
}

fn term_linked_late() {
    let book = with_glossary();
    book.replace(
        LESSON,
        "A sentence.",
        "A sentence.\n\n- Two Green\n  threads, then",
    );
    let (first, link) = (book.line(LESSON, "Two Green"), book.line(LESSON, "One *"));
    book.reports(
        LESSON,
        first,
        &format!("`Green thread` stands here, and the chapter links it only in line {link}"),
        "`*[…](../glossary.md#green-thread)*`",
    );
}

fn unknown_term() {
    let book = with_glossary();
    book.append(LESSON, "\nA *[fork](../glossary.md#fork)*.\n");
    let line = book.line(LESSON, "fork");
    book.reports(
        LESSON,
        line,
        "a broken link: `src/glossary.md` has no `#fork`",
        "a term that is there",
    );
}
