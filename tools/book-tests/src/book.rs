//! The book as mdBook expands it, each line traced back to the line of `src/` it came from.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::{Component, Path, PathBuf};
use std::str::FromStr;
use std::sync::LazyLock;

use mdbook_driver::MDBook;
use mdbook_driver::book::BookItem;
use mdbook_driver::config::{Config, HtmlConfig};
use mdbook_markdown::pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use regex::Regex;
use xtask::preprocessor::markdown_options;

use crate::problem::{Problem, slashed};

/// A directive of mdBook, `{{#include path}}` and its kin, but for an escaped one.
static DIRECTIVE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[^\\])(\{\{#(\w+)\s+([^}]*?)\s*\}\})").expect("the pattern is valid")
});

/// The book, read and expanded.
#[derive(Debug)]
pub struct Book {
    /// Where `book.toml` lies.
    pub root: PathBuf,
    /// The folder of the chapters, relative to the root: `src`.
    pub src: PathBuf,
    /// The chapters that `SUMMARY.md` lists, in its order.
    pub chapters: Vec<Chapter>,
    /// The packages below `examples/`, by name.
    pub packages: BTreeMap<String, Package>,
    pub(crate) config: Config,
}

/// One page of the book.
#[derive(Debug)]
pub struct Chapter {
    /// The file relative to the folder of the chapters: `concurrency/semaphores.md`.
    pub path: PathBuf,
    /// The file relative to the root of the book: `src/concurrency/semaphores.md`.
    pub file: PathBuf,
    /// The text as mdBook expands it.
    pub text: String,
    /// The code blocks, in order.
    pub blocks: Vec<Block>,
    /// The directives of the source, in order.
    pub directives: Vec<Directive>,
    /// For each line of `text` the line of `file` (counted from 1) that it came from.
    lines: Vec<usize>,
}

/// A package below `examples/`: the code of one chapter.
#[derive(Debug)]
pub struct Package {
    /// Its name, which is that of its folder.
    pub name: String,
    /// Its folder, relative to the root: `examples/semaphores`.
    pub dir: PathBuf,
}

/// A directive of mdBook as it stands in a chapter's source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// The line in the chapter's file, counted from 1.
    pub line: usize,
    /// `include`, `rustdoc_include`, `playground`, `title`.
    pub command: String,
    /// The file it names, relative to the root of the book.
    pub file: PathBuf,
    /// The anchor or the lines it takes of that file: `acquire`, `5:10`.
    pub part: Option<String>,
}

/// A code block, fenced or indented.
#[derive(Clone, Debug)]
pub struct Block {
    /// The line of the opening fence in the chapter's file, counted from 1.
    pub line: usize,
    /// The first word of the info string: `rust`, `text`, `mermaid`; empty where there is none.
    pub language: String,
    /// The other words of the info string: `should_panic`, `noplayground`.
    pub marks: Vec<String>,
    /// The code, expanded.
    pub text: String,
    /// The directives whose text stands in it.
    pub directives: Vec<Directive>,
    /// Whether lines of its own stand in it beside what the directives give.
    pub has_own_lines: bool,
    /// The paragraph directly above, as Markdown.
    pub caption: Option<String>,
}

/// What a block shows. There are three kinds of Rust code in this book, and no fourth: programs
/// (whole, or an excerpt beside the whole), counter-examples, and fragments. An excerpt of a
/// package's library is a part of that package: its own tests hold it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// A whole program, `examples/PACKAGE/src/bin/NAME.rs`.
    Program {
        /// The package, and so the folder below `examples/`.
        package: String,
        /// The name of the program.
        name: String,
    },
    /// What a program prints, `examples/PACKAGE/src/bin/NAME.stdout`; `NAME.linux.stdout` if it
    /// does so on that system only.
    Output {
        /// The package, and so the folder below `examples/`.
        package: String,
        /// The name of the program.
        name: String,
    },
    /// The figures that a program measured on one machine, `examples/PACKAGE/src/bin/NAME.measured`.
    Figures {
        /// The package, and so the folder below `examples/`.
        package: String,
        /// The name of the program.
        name: String,
    },
    /// A program that must not compile, `examples/PACKAGE/compile-fail/NAME.rs`.
    CounterExample {
        /// The package, and so the folder below `examples/`.
        package: String,
        /// The name of the file, without its ending.
        name: String,
    },
    /// What the compiler says to it, `examples/PACKAGE/compile-fail/NAME.stderr`.
    Error {
        /// The package, and so the folder below `examples/`.
        package: String,
        /// The name of the file, without its ending.
        name: String,
    },
    /// A part of a package's Rust source.
    Excerpt {
        /// The package, and so the folder below `examples/`.
        package: String,
        /// The file, relative to the root.
        file: PathBuf,
    },
    /// Rust that stands in the chapter itself.
    Fragment,
    /// Whatever is not Rust.
    Other,
}

impl Book {
    /// Reads the book at `root` and expands its includes in the way mdBook does.
    ///
    /// # Errors
    /// What keeps mdBook from reading the book: a configuration it does not take, a line of
    /// `SUMMARY.md` without a file, a package whose name is not that of its folder.
    pub fn load(root: &Path) -> Result<Book, Vec<Problem>> {
        let mut config = read_config(root).map_err(|problem| vec![problem])?;
        let src = config.book.src.clone();
        check_summary(root, &src)?;
        let packages = read_packages(root)?;

        // The external preprocessors change what is drawn, not what is run; without them the tests
        // need no installed tool.
        config.build.create_missing = false;
        let refused = |error: &dyn std::fmt::Display| {
            vec![Problem::new(
                "book.toml",
                1,
                format!("mdBook can't read the book: {error}"),
                "mend what it names; `mdbook build` says the same",
            )]
        };
        config
            .set("preprocessor", toml::Table::new())
            .map_err(|error| refused(&format!("{error:#}")))?;
        let mut book = MDBook::load_with_config(root, config.clone())
            .map_err(|error| refused(&format!("{error:#}")))?;

        let mut sources = BTreeMap::new();
        book.book.for_each_mut(|item: &mut BookItem| {
            if let BookItem::Chapter(chapter) = item
                && let Some(path) = &chapter.source_path
            {
                sources.insert(path.clone(), chapter.content.clone());
                chapter.content = mark_directives(&chapter.content);
            }
        });
        let renderer = mdbook_renderer_stub::Html;
        let (expanded, _) = book
            .preprocess_book(&renderer)
            .map_err(|error| refused(&format!("{error:#}")))?;

        let mut chapters = Vec::new();
        for item in expanded.iter() {
            if let BookItem::Chapter(chapter) = item
                && let Some(path) = &chapter.source_path
            {
                let source = &sources[path];
                chapters.push(Chapter::new(path, &src, source, &chapter.content, &config));
            }
        }
        Ok(Book {
            root: root.to_path_buf(),
            src,
            chapters,
            packages,
            config,
        })
    }

    /// The chapter at `path` (relative to the folder of the chapters).
    pub fn chapter(&self, path: &Path) -> Option<&Chapter> {
        self.chapters.iter().find(|chapter| chapter.path == path)
    }

    /// The chapter that a package belongs to: the one that bears its name. Where chapters of two
    /// parts bear the same name, `PART-NAME` is the package of one of them, and `NAME` of the other.
    pub fn chapter_of(&self, package: &str) -> Option<&Chapter> {
        let by_part = |chapter: &&Chapter| chapter.name_with_part() == package;
        let by_name = |chapter: &&Chapter| {
            chapter.name() == package && !self.packages.contains_key(&chapter.name_with_part())
        };
        self.chapters
            .iter()
            .find(by_part)
            .or_else(|| self.chapters.iter().find(by_name))
    }

    /// Where a chapter shows `wanted` whole; its own chapter's place before that of others.
    pub fn place_of(&self, wanted: &Shown) -> Option<(&Chapter, &Block)> {
        let own = match wanted {
            Shown::Program { package, .. }
            | Shown::Output { package, .. }
            | Shown::Figures { package, .. }
            | Shown::CounterExample { package, .. }
            | Shown::Error { package, .. } => self.chapter_of(package),
            _ => None,
        };
        own.into_iter().chain(&self.chapters).find_map(|chapter| {
            let block = chapter
                .blocks
                .iter()
                .find(|block| block.shown() == *wanted)?;
            Some((chapter, block))
        })
    }

    /// The Rust files in this folder of each package, as package and name without ending.
    pub fn rust_files(&self, folder: &str) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for package in self.packages.values() {
            let folder = self.root.join(&package.dir).join(folder);
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                let path = entry.path();
                if path.extension().is_some_and(|extension| extension == "rs") {
                    let name = path.file_stem().unwrap_or_default().to_string_lossy();
                    found.push((package.name.clone(), name.into_owned()));
                }
            }
        }
        found.sort();
        found
    }

    /// A problem of a sample: where a chapter shows it, if one does, else at the top of its source.
    /// The problem reads: the `kind`, its file, `what` is wrong with it.
    pub fn problem_of(
        &self,
        sample: &Shown,
        kind: &str,
        source: &Path,
        what: &str,
        mend: &str,
    ) -> Problem {
        match self.place_of(sample) {
            Some((chapter, block)) => Problem::new(
                &chapter.file,
                block.line,
                format!("the {kind} `{}` {what}", slashed(source)),
                mend,
            ),
            None => Problem::new(source, 1, format!("this {kind} {what}"), mend),
        }
    }

    /// The command that records what the samples of this package give.
    pub fn bless_command(&self, package: &str) -> String {
        let chapter = self
            .chapter_of(package)
            .map_or("CHAPTER".to_owned(), Chapter::name);
        format!("`cargo xtask test {chapter} --bless`")
    }
}

impl Chapter {
    fn new(path: &Path, src: &Path, source: &str, marked: &str, config: &Config) -> Chapter {
        let file = src.join(path);
        let directives = find_directives(&file, source);
        let (text, lines) = unmark(marked);
        let mut chapter = Chapter {
            path: path.to_path_buf(),
            file,
            text,
            blocks: Vec::new(),
            directives,
            lines,
        };
        chapter.blocks = chapter.find_blocks(config);
        chapter
    }

    /// The name of the file without its ending: `semaphores`.
    pub fn name(&self) -> String {
        self.path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned()
    }

    /// The name with those of its folders before it: `concurrency-semaphores`.
    pub fn name_with_part(&self) -> String {
        slashed(&self.path.with_extension("")).replace('/', "-")
    }

    /// The line of the chapter's file from which the text at this offset of `text` comes.
    pub fn line_at(&self, offset: usize) -> usize {
        let index = self.text[..offset].matches('\n').count();
        self.line_of_index(index)
    }

    fn line_of_index(&self, index: usize) -> usize {
        self.lines
            .get(index)
            .or(self.lines.last())
            .copied()
            .unwrap_or(1)
    }

    /// The Markdown of `text` as mdBook's parser sees it, with the places in `text`.
    pub fn events<'a>(
        &'a self,
        config: &Config,
    ) -> impl Iterator<Item = (Event<'a>, Range<usize>)> + use<'a> {
        parser(&self.text, config).into_offset_iter()
    }

    fn find_blocks(&self, config: &Config) -> Vec<Block> {
        let mut blocks: Vec<Block> = Vec::new();
        let mut open = false;
        let mut paragraph = None;
        for (event, range) in self.events(config) {
            match event {
                Event::Start(Tag::CodeBlock(kind)) => {
                    let info = match kind {
                        CodeBlockKind::Fenced(info) => info.to_string(),
                        CodeBlockKind::Indented => String::new(),
                    };
                    let mut words = info
                        .split(|c: char| c == ',' || c.is_whitespace())
                        .filter(|word| !word.is_empty())
                        .map(str::to_owned);
                    let first = self.text[..range.start].matches('\n').count();
                    let last = self.text[..range.end].trim_end().matches('\n').count();
                    let lines = first + 1..last.max(first + 1);
                    let (directives, has_own_lines) = self.sources_of(lines);
                    blocks.push(Block {
                        line: self.line_of_index(first),
                        language: words.next().unwrap_or_default(),
                        marks: words.collect(),
                        text: String::new(),
                        directives,
                        has_own_lines,
                        caption: paragraph.take(),
                    });
                    open = true;
                }
                Event::Text(text) if open => {
                    if let Some(block) = blocks.last_mut() {
                        block.text.push_str(&text);
                    }
                }
                Event::End(TagEnd::CodeBlock) => open = false,
                Event::End(TagEnd::Paragraph) => {
                    paragraph = Some(self.text[range].to_owned());
                }
                // Inside a paragraph these come before its end, so they forget nothing.
                Event::Start(_) => paragraph = None,
                _ => {}
            }
        }
        blocks
    }

    /// The directives that gave these lines of `text`, and whether other lines stand among them.
    fn sources_of(&self, lines: Range<usize>) -> (Vec<Directive>, bool) {
        let mut directives: Vec<Directive> = Vec::new();
        let mut own = false;
        for index in lines {
            let line = self.line_of_index(index);
            let mut given = self.directives.iter().filter(|d| d.line == line).peekable();
            own |= given.peek().is_none();
            directives.extend(given.cloned());
        }
        directives.dedup();
        (directives, own)
    }
}

impl Block {
    /// Whether the block is marked as Rust.
    pub fn is_rust(&self) -> bool {
        self.language == "rust"
    }

    /// Whether the info string bears this mark.
    pub fn has_mark(&self, mark: &str) -> bool {
        self.marks.iter().any(|m| m == mark)
    }

    /// What the block shows.
    pub fn shown(&self) -> Shown {
        let [directive] = &self.directives[..] else {
            return if self.is_rust() {
                Shown::Fragment
            } else {
                Shown::Other
            };
        };
        let file = slashed(&directive.file);
        let parts: Vec<&str> = file.split('/').collect();
        let (package, inner) = match &parts[..] {
            ["examples", package, inner @ ..] => ((*package).to_owned(), inner),
            _ => {
                return if self.is_rust() {
                    Shown::Fragment
                } else {
                    Shown::Other
                };
            }
        };
        let whole = directive.part.is_none();
        match inner {
            ["src", "bin", name] if whole && name.ends_with(".rs") => Shown::Program {
                package,
                name: stem(name),
            },
            ["src", "bin", name] if whole && name.ends_with(".stdout") => Shown::Output {
                package,
                name: stem(name),
            },
            ["src", "bin", name] if whole && name.ends_with(".measured") => Shown::Figures {
                package,
                name: stem(name),
            },
            ["compile-fail", name] if whole && name.ends_with(".rs") => Shown::CounterExample {
                package,
                name: stem(name),
            },
            ["compile-fail", name] if whole && name.ends_with(".stderr") => Shown::Error {
                package,
                name: stem(name),
            },
            ["src" | "tests", .., name] if name.ends_with(".rs") => Shown::Excerpt {
                package,
                file: directive.file.clone(),
            },
            _ if self.is_rust() => Shown::Fragment,
            _ => Shown::Other,
        }
    }
}

/// The name of a sample from that of one of its files: `greet` from `greet.linux.stdout`.
fn stem(file: &str) -> String {
    file.split_once('.')
        .map_or(file, |(stem, _)| stem)
        .to_owned()
}

/// mdBook's own Markdown parser, with the options of this book.
fn parser<'a>(text: &'a str, config: &Config) -> Parser<'a> {
    mdbook_markdown::new_cmark_parser(text, &markdown_options(config))
}

fn read_config(root: &Path) -> Result<Config, Problem> {
    let refused = |text: &str, error: String| {
        // TOML's parser names the line; an unknown key is looked up.
        let line = between(&error, "at line ", ",")
            .and_then(|line| line.parse().ok())
            .or_else(|| {
                let key = between(&error, "unknown field `", "`")?;
                let index = text
                    .lines()
                    .position(|line| line.trim_start().starts_with(key))?;
                Some(index + 1)
            })
            .unwrap_or(1);
        let reason = between(&error, "unknown field ", "\n").map_or_else(
            || error.lines().last().unwrap_or_default().to_owned(),
            |rest| format!("unknown key {rest}"),
        );
        Problem::new(
            "book.toml",
            line,
            format!("mdBook does not take this configuration: {reason}"),
            "take the key out or write it as mdBook's reference does",
        )
    };
    let text = fs::read_to_string(root.join("book.toml")).map_err(|error| {
        Problem::new(
            "book.toml",
            1,
            format!("can't be read: {error}"),
            "run this from a checkout of the book",
        )
    })?;
    let config = Config::from_str(&text).map_err(|error| refused(&text, format!("{error:#}\n")))?;
    // An unknown key here is only logged by mdBook, which then builds with default settings.
    config
        .get::<HtmlConfig>("output.html")
        .map_err(|error| refused(&text, format!("{error:#}\n")))?;
    Ok(config)
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once(after).map(|(found, _)| found)
}

/// That every line of `SUMMARY.md` names a file that exists.
fn check_summary(root: &Path, src: &Path) -> Result<(), Vec<Problem>> {
    let summary = src.join("SUMMARY.md");
    let text = fs::read_to_string(root.join(&summary)).map_err(|error| {
        vec![Problem::new(
            &summary,
            1,
            format!("can't be read: {error}"),
            "write the table of contents there",
        )]
    })?;
    let mut problems = Vec::new();
    for (event, range) in Parser::new(&text).into_offset_iter() {
        let Event::Start(Tag::Link { dest_url, .. }) = event else {
            continue;
        };
        let line = text[..range.start].matches('\n').count() + 1;
        if dest_url.is_empty() {
            problems.push(Problem::new(
                &summary,
                line,
                "a chapter without a file",
                "write the chapter, or take the line out: this book shows no empty chapters",
            ));
        } else if !root.join(src).join(&*dest_url).is_file() {
            problems.push(Problem::new(
                &summary,
                line,
                format!("there is no `{}`", slashed(&src.join(&*dest_url))),
                "write that file, correct the path, or take the line out",
            ));
        }
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems)
    }
}

fn read_packages(root: &Path) -> Result<BTreeMap<String, Package>, Vec<Problem>> {
    let mut packages = BTreeMap::new();
    let mut problems = Vec::new();
    for entry in fs::read_dir(root.join("examples"))
        .into_iter()
        .flatten()
        .flatten()
    {
        if !entry.path().is_dir() {
            continue;
        }
        let name = entry.file_name().to_string_lossy().into_owned();
        let dir = Path::new("examples").join(&name);
        let manifest = dir.join("Cargo.toml");
        let declared = fs::read_to_string(root.join(&manifest))
            .ok()
            .and_then(|text| text.parse::<toml::Table>().ok())
            .and_then(|table| Some(table.get("package")?.get("name")?.as_str()?.to_owned()));
        if declared.as_deref() == Some(&*name) {
            packages.insert(name.clone(), Package { name, dir });
        } else {
            problems.push(Problem::new(
                manifest,
                1,
                format!("this is not the manifest of a package `{name}`"),
                format!("give the package the name of its folder: name = \"{name}\""),
            ));
        }
    }
    if problems.is_empty() {
        Ok(packages)
    } else {
        Err(problems)
    }
}

// Marks around the lines with directives, from the private use area: they survive the expansion,
// where a directive grows to any number of lines, and tell afterwards which lines it gave.
const BEGIN: char = '\u{E000}';
const END: char = '\u{E001}';

fn mark_directives(source: &str) -> String {
    let mut marked = String::new();
    for (index, line) in source.lines().enumerate() {
        if DIRECTIVE.is_match(line) {
            marked.push_str(&format!("{BEGIN}{}\n{line}\n{END}\n", index + 1));
        } else {
            marked.push_str(line);
            marked.push('\n');
        }
    }
    marked
}

/// Takes the marks out again; tells for each remaining line the line of the source it came from.
fn unmark(marked: &str) -> (String, Vec<usize>) {
    let mut text = String::new();
    let mut lines = Vec::new();
    let mut next = 1;
    let mut within = None;
    for line in marked.lines() {
        if let Some(number) = line.strip_prefix(BEGIN) {
            within = number.parse().ok();
        } else if line.starts_with(END) {
            next = within.take().map_or(next, |number: usize| number + 1);
        } else {
            lines.push(within.unwrap_or(next));
            if within.is_none() {
                next += 1;
            }
            text.push_str(line);
            text.push('\n');
        }
    }
    (text, lines)
}

fn find_directives(file: &Path, source: &str) -> Vec<Directive> {
    let dir = file.parent().unwrap_or(Path::new(""));
    let mut found = Vec::new();
    for (index, line) in source.lines().enumerate() {
        for captures in DIRECTIVE.captures_iter(line) {
            let target = captures[3].split_whitespace().next().unwrap_or_default();
            let (path, part) = match target.split_once(':') {
                Some((path, part)) => (path, Some(part.to_owned())),
                None => (target, None),
            };
            found.push(Directive {
                line: index + 1,
                command: captures[2].to_owned(),
                file: normalized(&dir.join(path)),
                part,
            });
        }
    }
    found
}

/// `path` without `.` and `..`, by its words alone.
pub(crate) fn normalized(path: &Path) -> PathBuf {
    let mut result = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if result.file_name().is_some() => {
                result.pop();
            }
            other => result.push(other),
        }
    }
    result
}

/// mdBook expands for a renderer; this one stands for its HTML renderer and draws nothing.
mod mdbook_renderer_stub {
    use mdbook_driver::errors::Result;
    use mdbook_renderer::{RenderContext, Renderer};

    pub struct Html;

    impl Renderer for Html {
        fn name(&self) -> &str {
            "html"
        }

        fn render(&self, _: &RenderContext) -> Result<()> {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{find_directives, mark_directives, normalized, unmark};
    use std::path::Path;

    #[test]
    fn every_line_is_traced_to_its_source_across_includes() {
        let source =
            "one\n{{#include a.rs}}\nthree\n\\{{#include shown}}\n{{#include b.rs}}\nsix\n";
        let marked = mark_directives(source);
        // mdBook puts two lines in place of the first directive and nothing in that of the second.
        let expanded = marked
            .replace("{{#include a.rs}}", "a1\na2")
            .replace("{{#include b.rs}}", "");
        let (text, lines) = unmark(&expanded);
        assert_eq!(text, "one\na1\na2\nthree\n\\{{#include shown}}\n\nsix\n");
        assert_eq!(lines, [1, 2, 2, 3, 4, 5, 6]);
    }

    #[test]
    fn directives_name_files_relative_to_the_root() {
        let source = "{{#include ../../examples/a/src/lib.rs:part}} and \\{{#include no.rs}}\n";
        let found = find_directives(Path::new("src/part/a.md"), source);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].file, Path::new("examples/a/src/lib.rs"));
        assert_eq!(found[0].part.as_deref(), Some("part"));
    }

    #[test]
    fn paths_are_normalized_by_their_words() {
        assert_eq!(
            normalized(Path::new("src/a/../b/./c.md")),
            Path::new("src/b/c.md")
        );
        assert_eq!(normalized(Path::new("../c.md")), Path::new("../c.md"));
    }
}
