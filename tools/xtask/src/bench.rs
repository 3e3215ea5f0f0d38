//! `cargo xtask bench`: how long a contributor waits, and what fragments cost.
//!
//! Everything is measured on a copy of the checkout, which a measurement may edit:
//!
//! - *a test of a chapter*: `cargo xtask test CHAPTER` after a one-line edit of the chapter,
//!   everything else built before; wall-clock time, the median of [`ROUNDS`] rounds;
//! - *a rebuild*: from the edit to the edited page on disk, under `cargo xtask serve`; likewise;
//! - *fragments*: the processor time (user and system, of all processes) of this book's tests of
//!   its fragments and of `mdbook test` on a book of the same fragments, in turns. This book's tests
//!   compile again only the fragments that have changed, so they are measured with all and with none.
//!
//! The times depend on the machine, so it is printed with them, and nothing is asserted.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use crate::tools::MDBOOK;

/// How often each thing is measured.
pub const ROUNDS: usize = 5;

/// How long to wait for anything before giving up.
const PATIENCE: Duration = Duration::from_secs(120);

/// Measures, and prints a table.
///
/// # Errors
/// That something measured fails: then its time would say nothing.
pub fn bench(root: &Path) -> Result<()> {
    let copy = copy(root)?;
    println!("{}", machine());
    println!("median of {ROUNDS} rounds (all rounds)\n");
    for chapter in chapters(&copy)? {
        let name = chapter
            .with_extension("")
            .to_string_lossy()
            .replace('\\', "/");
        if name.contains('/') {
            report(
                &format!("cargo xtask test {name}"),
                &test_rounds(&copy, &chapter, &name)?,
            );
        }
    }
    report("rebuild under cargo xtask serve", &rebuild_rounds(&copy)?);
    fragments(root, &copy)
}

/// A copy of all files that git knows or would add, in `target/bench/book`.
fn copy(root: &Path) -> Result<PathBuf> {
    let copy = root.join("target").join("bench").join("book");
    // The build of an earlier run stays, so that only what has changed is built again.
    for folder in ["src", "examples", "tools", "theme"] {
        match fs::remove_dir_all(copy.join(folder)) {
            Err(error) if copy.join(folder).exists() => return Err(error.into()),
            _ => {}
        }
    }
    let listed = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .output()
        .context("the benchmark copies the files that git lists, and git can't be started")?;
    ensure!(
        listed.status.success(),
        "git can't list the files of this checkout"
    );
    for file in String::from_utf8(listed.stdout)?.lines() {
        let target = copy.join(file);
        if root.join(file).is_file() {
            fs::create_dir_all(target.parent().context("a file lies in a folder")?)?;
            fs::copy(root.join(file), target).with_context(|| format!("can't copy `{file}`"))?;
        }
    }
    Ok(copy)
}

/// The chapters' files, relative to `src/`, as `SUMMARY.md` lists them.
fn chapters(root: &Path) -> Result<Vec<PathBuf>> {
    let summary = fs::read_to_string(root.join("src/SUMMARY.md"))?;
    let target = |line: &str| Some(line.split_once("](")?.1.split_once(')')?.0.to_owned());
    Ok(summary
        .lines()
        .filter_map(target)
        .map(PathBuf::from)
        .collect())
}

/// `cargo xtask …` in the copy, with its own build.
fn xtask(copy: &Path) -> Command {
    let mut command = crate::cargo(copy);
    command.args(["run", "--quiet", "--package", "xtask", "--"]);
    command.env("CARGO_TARGET_DIR", copy.join("target"));
    command
}

fn edit(copy: &Path, chapter: &Path, round: usize) -> Result<String> {
    let mark = format!("An edit for round {round}.");
    let file = copy.join("src").join(chapter);
    let text = fs::read_to_string(&file)?;
    fs::write(&file, format!("{text}\n{mark}\n"))?;
    Ok(mark)
}

fn test_rounds(copy: &Path, chapter: &Path, name: &str) -> Result<Vec<Duration>> {
    eprintln!("testing {name}…");
    let test = || quietly(xtask(copy).args(["test", name]));
    test()?;
    let mut times = Vec::new();
    for round in 0..ROUNDS {
        edit(copy, chapter, round)?;
        let start = Instant::now();
        test()?;
        times.push(start.elapsed());
    }
    Ok(times)
}

/// A process that is stopped when the measurement is over, however it ends.
struct Stopped(Child);

impl Drop for Stopped {
    fn drop(&mut self) {
        // It fails only if the process has ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn rebuild_rounds(copy: &Path) -> Result<Vec<Duration>> {
    eprintln!("serving…");
    // mdBook itself, as `cargo xtask serve` starts it: a process below another is not stopped.
    let listener = TcpListener::bind(("localhost", 0))?;
    let port = listener.local_addr()?.port();
    drop(listener);
    let mut serve = crate::build::mdbook(copy)?;
    serve
        .args(["serve", "--port", &port.to_string()])
        .stderr(Stdio::null());
    let _served = Stopped(serve.spawn().context("can't start mdbook")?);
    wait_until("the book is served", || {
        TcpStream::connect(("localhost", port)).is_ok()
    })?;

    let chapters = chapters(copy)?;
    let chapter = chapters.iter().max_by_key(|chapter| {
        fs::metadata(copy.join("src").join(chapter)).map_or(0, |metadata| metadata.len())
    });
    let chapter = chapter.context("the book has a chapter")?;
    let page = copy.join("book").join(chapter.with_extension("html"));
    let has = |mark: &str| fs::read_to_string(&page).is_ok_and(|html| html.contains(mark));
    let mut times = Vec::new();
    for round in ROUNDS..2 * ROUNDS {
        let start = Instant::now();
        let mark = edit(copy, chapter, round)?;
        wait_until("the page is rebuilt", || has(&mark))?;
        times.push(start.elapsed());
    }
    Ok(times)
}

fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) -> Result<()> {
    let start = Instant::now();
    while !is_so() {
        ensure!(
            start.elapsed() < PATIENCE,
            "gave up after {PATIENCE:?} waiting until {what}"
        );
        thread::sleep(Duration::from_millis(10));
    }
    Ok(())
}

/// Compares this book's tests of its fragments with `mdbook test` on a book of the same fragments.
fn fragments(root: &Path, copy: &Path) -> Result<()> {
    if cpu_time_of_children().is_none() {
        println!("fragments: processor time is measured on Linux only");
        return Ok(());
    }
    eprintln!("comparing with mdbook test…");
    let dir = tempfile::tempdir()?;
    let count = fragment_book(copy, dir.path())?;
    let libraries = reader_crates(copy, dir.path())?;
    let mdbook = MDBOOK.get(root)?;
    let tests = book_tests(copy)?;
    // The names of fragments, and of nothing else, have a line number.
    let ours = || cpu_time(Command::new(&tests).arg(".md:").current_dir(copy));
    let cache = copy.join("target").join("debug").join("fragments");
    let theirs = || {
        let mut test = Command::new(&mdbook);
        test.args(["test", "--library-path"])
            .arg(&libraries)
            .arg(dir.path());
        cpu_time(&mut test)
    };
    let (mut all_new, mut none_new, mut their_times) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        fs::remove_dir_all(&cache).with_context(|| format!("no cache `{}`", cache.display()))?;
        all_new.push(ours()?);
        none_new.push(ours()?);
        their_times.push(theirs()?);
    }
    report(
        &format!("processor time, {count} fragments, none changed"),
        &none_new,
    );
    report(
        &format!("processor time, {count} fragments, all new"),
        &all_new,
    );
    report(
        &format!("processor time, {count} fragments, mdbook test"),
        &their_times,
    );
    Ok(())
}

/// Writes a book with the fragments of all chapters to `dir`; tells how many there are.
fn fragment_book(copy: &Path, dir: &Path) -> Result<usize> {
    let mut count = 0;
    let mut summary = String::from("# Summary\n\n");
    fs::create_dir_all(dir.join("src"))?;
    for (index, chapter) in chapters(copy)?.iter().enumerate() {
        let text = fs::read_to_string(copy.join("src").join(chapter))?;
        let mut page = String::from("# Fragments\n");
        let mut lines = text.lines().peekable();
        while let Some(line) = lines.next() {
            let is_rust = line == "```rust" || line.starts_with("```rust,should_panic");
            if !is_rust || lines.peek().is_some_and(|line| line.starts_with("{{#")) {
                continue;
            }
            count += 1;
            // rustdoc is told no crates, so each fragment has to name them.
            page.push_str(&format!(
                "\n{line}\n# extern crate futures;\n# extern crate tokio;\n"
            ));
            for line in lines.by_ref() {
                page.push_str(&format!("{line}\n"));
                if line == "```" {
                    break;
                }
            }
        }
        fs::write(dir.join("src").join(format!("{index}.md")), page)?;
        summary.push_str(&format!("- [Chapter {index}]({index}.md)\n"));
    }
    fs::write(dir.join("src").join("SUMMARY.md"), summary)?;
    fs::write(
        dir.join("book.toml"),
        "[book]\ntitle = \"Fragments\"\n\n[rust]\nedition = \"2024\"\n",
    )?;
    Ok(count)
}

/// Builds the crates that fragments use, once each, as `mdbook test` needs them.
fn reader_crates(copy: &Path, dir: &Path) -> Result<PathBuf> {
    let manifest = fs::read_to_string(copy.join("Cargo.toml"))?;
    let dependency = |name: &str| {
        let start = format!("{name} = ");
        manifest
            .lines()
            .find(|line| line.starts_with(&start))
            .map(str::to_owned)
    };
    let futures = dependency("futures").context("the workspace depends on futures")?;
    let tokio = dependency("tokio").context("the workspace depends on tokio")?;
    let project = dir.join("crates");
    fs::create_dir_all(project.join("src"))?;
    fs::write(project.join("src").join("lib.rs"), "")?;
    fs::write(
        project.join("Cargo.toml"),
        format!(
            "[package]\nname = \"crates\"\nedition = \"2024\"\n\n\
             [dependencies]\n{futures}\n{tokio}\n\n[workspace]\n"
        ),
    )?;
    fs::copy(copy.join("Cargo.lock"), project.join("Cargo.lock"))?;
    let target = project.join("target");
    quietly(
        crate::cargo(&project)
            .arg("build")
            .env("CARGO_TARGET_DIR", &target),
    )?;
    Ok(target.join("debug").join("deps"))
}

/// The executable of the copy's `book` tests.
fn book_tests(copy: &Path) -> Result<PathBuf> {
    let output = crate::cargo(copy)
        .args([
            "test",
            "--no-run",
            "--package",
            "book-tests",
            "--test",
            "book",
        ])
        .arg("--message-format=json")
        .env("CARGO_TARGET_DIR", copy.join("target"))
        .stderr(Stdio::inherit())
        .output()?;
    ensure!(
        output.status.success(),
        "the tests of the copy can't be built"
    );
    String::from_utf8(output.stdout)?
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|message| message["target"]["name"] == "book")
        .find_map(|message| message["executable"].as_str().map(PathBuf::from))
        .context("cargo names no executable of the tests")
}

/// The processor time that a command and all below it take.
fn cpu_time(command: &mut Command) -> Result<Duration> {
    let before = cpu_time_of_children().context("the kernel tells no processor time")?;
    quietly(command)?;
    let after = cpu_time_of_children().context("the kernel tells no processor time")?;
    Ok(after - before)
}

/// The user and system time of all processes below this one that have ended: fields 16 and 17 of
/// `/proc/self/stat` (proc_pid_stat(5)), in clock ticks, of which Linux has 100 a second.
fn cpu_time_of_children() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The second field, the program's name, may contain spaces; it ends with the last parenthesis.
    let (_, fields) = stat.rsplit_once(") ")?;
    let ticks: Vec<u64> = fields
        .split(' ')
        .skip(13)
        .take(2)
        .flat_map(str::parse)
        .collect();
    let [user, system] = ticks[..] else {
        return None;
    };
    Some(Duration::from_millis((user + system) * 10))
}

/// Runs a command whose output is shown only if it fails.
fn quietly(command: &mut Command) -> Result<()> {
    let shown = crate::show(command);
    let output = command
        .output()
        .with_context(|| format!("can't start `{shown}`"))?;
    if !output.status.success() {
        let words = [output.stdout, output.stderr].concat();
        bail!("`{shown}` failed:\n{}", String::from_utf8_lossy(&words));
    }
    Ok(())
}

fn report(what: &str, times: &[Duration]) {
    let mut sorted = times.to_vec();
    sorted.sort();
    let all: Vec<String> = times
        .iter()
        .map(|time| format!("{:.2}", time.as_secs_f64()))
        .collect();
    println!(
        "{what}: {:.2} s ({})",
        sorted[sorted.len() / 2].as_secs_f64(),
        all.join(", ")
    );
}

/// The machine in a line: platform, cores, processor where the kernel tells it, compiler.
fn machine() -> String {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let processor = fs::read_to_string("/proc/cpuinfo").ok().and_then(|text| {
        let line = text.lines().find(|line| line.starts_with("model name"))?;
        Some(line.split_once(": ")?.1.to_owned())
    });
    let processor = processor.unwrap_or_else(|| std::env::consts::ARCH.to_owned());
    let rustc = Command::new("rustc").arg("--version").output();
    let rustc = rustc.map_or_else(
        |_| "rustc unknown".to_owned(),
        |output| String::from_utf8_lossy(&output.stdout).trim().to_owned(),
    );
    format!(
        "{}, {cores} cores, {processor}, {rustc}",
        std::env::consts::OS
    )
}
