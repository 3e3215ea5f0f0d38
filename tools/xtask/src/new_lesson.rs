//! `cargo xtask new-lesson`: a chapter that follows the anatomy, with everything it needs to pass
//! the tests at once.

use std::collections::BTreeSet;
use std::fmt::{self, Display};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use crate::faq;

const CHAPTER: &str = include_str!("../templates/chapter.md");
const PROGRAM: &str = include_str!("../templates/program.rs");
const OUTPUT: &str = include_str!("../templates/program.stdout");
const MANIFEST: &str = include_str!("../templates/Cargo.toml.txt");

/// What was written, and what comes next.
#[derive(Debug)]
pub struct Lesson {
    chapter: PathBuf,
    package: String,
    name: String,
    new_part: Option<String>,
}

impl Display for Lesson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Lesson {
            chapter,
            package,
            name,
            new_part,
        } = self;
        writeln!(f, "wrote {}", chapter.display())?;
        writeln!(f, "wrote examples/{package} with a program")?;
        writeln!(f, "added the chapter to src/SUMMARY.md")?;
        if let Some(title) = new_part {
            writeln!(f, "began a part there, `{title}`: give it its title")?;
        }
        write!(
            f,
            "next: cargo xtask serve, and when you have written: cargo xtask test {name}"
        )
    }
}

/// Writes the chapter `PART/NAME`, its package and its line in `SUMMARY.md` at `root`.
///
/// # Errors
/// That the name is not one, is taken, or is that of a dependency (`cargo run -p` could not tell
/// them apart), that the part is the FAQ, or that a file can't be written. Nothing that exists is
/// overwritten.
pub fn create(root: &Path, lesson: &str) -> Result<Lesson> {
    let Some((part, name)) = lesson.split_once('/') else {
        bail!("`{lesson}` names no part: write PART/NAME, such as concurrency/barriers");
    };
    for word in [part, name] {
        ensure!(
            is_kebab_case(word),
            "`{word}` can't be a file, a package and an address: use small letters, digits and \
             single hyphens, beginning with a letter"
        );
    }
    // What this writes are the parts of a chapter, which a page of questions does not have.
    ensure!(
        part != faq::FOLDER,
        "a page of the FAQ has questions and not the parts of a chapter: write it as \
         `CONTRIBUTING.md` says, \"A question of the FAQ\""
    );
    let chapter = Path::new("src").join(part).join(format!("{name}.md"));
    ensure!(
        !root.join(&chapter).exists(),
        "there is a chapter `{}` already",
        chapter.display()
    );
    let package = package_name(root, part, name)?;
    let dir = root.join("examples").join(&package);
    ensure!(
        !dir.exists(),
        "there is a folder `examples/{package}` already"
    );
    let summary_file = root.join("src").join("SUMMARY.md");
    let summary = fs::read_to_string(&summary_file)
        .with_context(|| format!("can't read `{}`", summary_file.display()))?;
    let title = title_of(name);
    // Named like the package, which no other package is: cargo builds all programs to one folder.
    let program = package.replace('-', "_");
    let (summary, new_part) = with_line(&summary, part, name, &title);

    let fill = |template: &str| {
        template
            .replace("\r\n", "\n")
            .replace("{{title}}", &title)
            .replace("{{package}}", &package)
            .replace("{{program}}", &program)
    };
    write(&root.join(&chapter), &fill(CHAPTER))?;
    write(&dir.join("Cargo.toml"), &fill(MANIFEST))?;
    write(
        &dir.join("src").join("bin").join(format!("{program}.rs")),
        &fill(PROGRAM),
    )?;
    write(
        &dir.join("src")
            .join("bin")
            .join(format!("{program}.stdout")),
        &fill(OUTPUT),
    )?;
    write(&summary_file, &summary)?;
    Ok(Lesson {
        chapter,
        package,
        name: name.to_owned(),
        new_part,
    })
}

fn is_kebab_case(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.split('-').all(|piece| {
            !piece.is_empty()
                && piece
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        })
}

/// The chapter's name; where another part has such a chapter, with the part before it.
fn package_name(root: &Path, part: &str, name: &str) -> Result<String> {
    let lock = fs::read_to_string(root.join("Cargo.lock")).unwrap_or_default();
    let mut dependencies = BTreeSet::new();
    let mut lines = lock.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some(package) = line.strip_prefix("name = ") {
            // A package of this workspace has no `source`.
            let entry: Vec<_> = std::iter::from_fn(|| lines.next_if(|l| !l.is_empty())).collect();
            if entry.iter().any(|line| line.starts_with("source = ")) {
                dependencies.insert(package.trim_matches('"').to_owned());
            }
        }
    }
    let taken = root.join("examples").join(name).exists();
    let package = if taken {
        format!("{part}-{name}")
    } else {
        name.to_owned()
    };
    ensure!(
        !dependencies.contains(&package),
        "`{package}` is the name of a dependency, so that `cargo run -p {package}` could not tell \
         which is meant: choose another name, such as `{package}-code`"
    );
    Ok(package)
}

/// `rate-limits` as a title: `Rate limits`.
fn title_of(name: &str) -> String {
    let words = name.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_ascii_uppercase().to_string() + letters.as_str()
    })
}

/// The table of contents with a line for the chapter after the last one of its part; with the title
/// of the part if it is new, which then comes before what closes the book.
fn with_line(summary: &str, part: &str, name: &str, title: &str) -> (String, Option<String>) {
    let line = format!("- [{title}]({part}/{name}.md)");
    let mut lines: Vec<String> = summary.lines().map(str::to_owned).collect();
    let of_part = format!("]({part}/");
    let new_part = match lines.iter().rposition(|line| line.contains(&of_part)) {
        Some(last) => {
            lines.insert(last + 1, line);
            None
        }
        None => {
            let part_title = title_of(part);
            let at = lines
                .iter()
                .rposition(|line| line == "---")
                .unwrap_or(lines.len());
            let section = [
                format!("# {part_title}"),
                String::new(),
                line,
                String::new(),
            ];
            lines.splice(at..at, section);
            Some(part_title)
        }
    };
    (lines.join("\n") + "\n", new_part)
}

fn write(file: &Path, text: &str) -> Result<()> {
    let folder = file.parent().context("a file lies in a folder")?;
    fs::create_dir_all(folder).with_context(|| format!("can't create `{}`", folder.display()))?;
    fs::write(file, text).with_context(|| format!("can't write `{}`", file.display()))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{create, is_kebab_case, title_of, with_line};

    const SUMMARY: &str = "# Summary\n\n[Introduction](introduction.md)\n\n# Concurrency\n\n\
                           - [Threads](concurrency/threads.md)\n\n---\n\n[Glossary](glossary.md)\n";

    #[test]
    fn a_chapter_goes_to_the_end_of_its_part() {
        let (summary, new_part) = with_line(SUMMARY, "concurrency", "barriers", "Barriers");
        let expected =
            "- [Threads](concurrency/threads.md)\n- [Barriers](concurrency/barriers.md)\n";
        assert!(summary.contains(expected), "{summary}");
        assert_eq!(new_part, None);
    }

    #[test]
    fn a_new_part_goes_before_what_closes_the_book() {
        let (summary, new_part) = with_line(SUMMARY, "async", "tasks", "Tasks");
        let expected = "threads.md)\n\n# Async\n\n- [Tasks](async/tasks.md)\n\n---\n\n[Glossary]";
        assert!(summary.contains(expected), "{summary}");
        assert_eq!(new_part.as_deref(), Some("Async"));
    }

    #[test]
    fn names_are_files_packages_and_addresses_at_once() {
        assert!(is_kebab_case("rate-limits2"));
        for wrong in [
            "",
            "Rate",
            "rate_limits",
            "-rate",
            "rate--limits",
            "2rate",
            "rate/limits",
        ] {
            assert!(!is_kebab_case(wrong), "{wrong}");
        }
        assert_eq!(title_of("rate-limits"), "Rate limits");
    }

    #[test]
    fn nothing_is_overwritten_and_dependencies_keep_their_names() {
        let dir = tempfile::tempdir().expect("there is room for a folder");
        let root = dir.path();
        fs::create_dir_all(root.join("src")).expect("there is room for a folder");
        fs::write(root.join("src/SUMMARY.md"), SUMMARY).expect("there is room for a file");
        let lock = "[[package]]\nname = \"blocking\"\nversion = \"1.6.1\"\nsource = \"s\"\n\n\
                    [[package]]\nname = \"threads\"\nversion = \"0.1.0\"\n";
        fs::write(root.join("Cargo.lock"), lock).expect("there is room for a file");

        create(root, "concurrency/barriers").expect("the name is free");
        let again = create(root, "concurrency/barriers").expect_err("the name is taken");
        assert!(again.to_string().contains("already"), "{again}");

        // Another part may have such a chapter; its package gets the name of the part.
        let other = create(root, "async/barriers").expect("the part has no such chapter");
        assert_eq!(other.package, "async-barriers");

        let dependency = create(root, "async/blocking").expect_err("a dependency's name");
        assert!(
            dependency.to_string().contains("`blocking-code`"),
            "{dependency}"
        );
        let no_part = create(root, "barriers").expect_err("no part");
        assert!(no_part.to_string().contains("PART/NAME"), "{no_part}");
        assert!(!root.join("src/async/blocking.md").exists());

        let question = create(root, "faq/barriers").expect_err("no chapter");
        assert!(
            question.to_string().contains("CONTRIBUTING.md"),
            "{question}"
        );
        assert!(!root.join("src/faq").exists());
    }
}
