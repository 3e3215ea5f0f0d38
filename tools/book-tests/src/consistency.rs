//! What can be told of the book by reading it.
//!
//! Each check looks at one thing and reports every place where it does not hold. [`CHECKS`] lists
//! them by the names under which the tests show them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use mdbook_markdown::pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};
use regex::Regex;

use crate::book::Book;
use crate::problem::{Problem, slashed};

use code::{captions, includes, kinds, names, samples};
use evidence::evidence;
use faq::faq;
use links::links;

mod code;
mod evidence;
mod faq;
mod links;
mod terms;

/// A check: every place of the book where something does not hold.
pub type Check = fn(&Book) -> Vec<Problem>;

/// All checks, by name.
pub const CHECKS: [(&str, Check); 14] = [
    ("summary lists every chapter", summary),
    ("includes give what they name", includes),
    ("rust blocks are of the three kinds", kinds),
    ("programs name their file and command", captions),
    ("every sample is whole and shown", samples),
    ("every program has a name of its own", names),
    ("links and fragments resolve", links),
    ("diagrams and images have a text", alternatives),
    ("one h1 a page", headings),
    ("every term is linked from a page", terms::linked),
    ("every term links its chapter", terms::explained),
    ("terms are linked at their first use", terms::first_use),
    ("evidence rests on what is run", evidence),
    ("faq entries are whole", faq),
];

/// That every Markdown file below `src/` is a chapter that `SUMMARY.md` lists.
fn summary(book: &Book) -> Vec<Problem> {
    let mut problems = Vec::new();
    for file in files_below(&book.root.join(&book.src)) {
        let Ok(path) = file.strip_prefix(book.root.join(&book.src)) else {
            continue;
        };
        let is_chapter = path.extension().is_some_and(|extension| extension == "md");
        // mdBook takes these two for itself: the contents, and what an unknown address shows.
        let is_mdbooks = path == Path::new("SUMMARY.md") || path == Path::new("404.md");
        if is_chapter && !is_mdbooks && book.chapter(path).is_none() {
            problems.push(Problem::new(
                book.src.join(path),
                1,
                "`SUMMARY.md` does not list this chapter, so no reader finds it",
                format!(
                    "add a line `- [Title]({})` to `{}`, or delete the file",
                    slashed(path),
                    slashed(&book.src.join("SUMMARY.md"))
                ),
            ));
        }
    }
    problems
}

/// That a reader who does not see a diagram or an image is told what it shows.
fn alternatives(book: &Book) -> Vec<Problem> {
    static TITLE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?m)^\s*accTitle\s*:\s*\S").expect("the pattern is valid"));
    static DESCRIPTION: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?m)^\s*accDescr\s*:\s*\S").expect("the pattern is valid"));
    static HTML_IMAGE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"<img\b[^<>]*>").expect("the pattern is valid"));
    static HTML_ALT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"\balt\s*=\s*["'][^"']*\S[^"']*["']"#).expect("the pattern is valid")
    });
    let mut problems = Vec::new();
    for chapter in &book.chapters {
        for block in chapter
            .blocks
            .iter()
            .filter(|block| block.language == "mermaid")
        {
            for (key, pattern) in [("accTitle", &TITLE), ("accDescr", &DESCRIPTION)] {
                if !pattern.is_match(&block.text) {
                    problems.push(Problem::new(
                        &chapter.file,
                        block.line,
                        format!("a diagram without `{key}`"),
                        format!(
                            "add a line `{key}: …` below the diagram's first line, for readers \
                             who do not see it"
                        ),
                    ));
                }
            }
        }
        let mut alt: Option<String> = None;
        for (event, range) in chapter.events(&book.config) {
            let is_missing = match event {
                Event::Start(Tag::Image { .. }) => {
                    alt = Some(String::new());
                    false
                }
                Event::Text(text) | Event::Code(text) => {
                    if let Some(alt) = &mut alt {
                        alt.push_str(&text);
                    }
                    false
                }
                Event::End(TagEnd::Image) => alt.take().is_some_and(|alt| alt.trim().is_empty()),
                Event::Html(html) | Event::InlineHtml(html) => HTML_IMAGE
                    .find_iter(&html)
                    .any(|image| !HTML_ALT.is_match(image.as_str())),
                _ => false,
            };
            if is_missing {
                problems.push(Problem::new(
                    &chapter.file,
                    chapter.line_at(range.start),
                    "an image without a text",
                    "say between the brackets what it shows: `![what it shows](file)`",
                ));
            }
        }
    }
    problems
}

/// That each page has one heading of the first level, at its top.
fn headings(book: &Book) -> Vec<Problem> {
    let mut problems = Vec::new();
    for chapter in &book.chapters {
        let found: Vec<usize> = chapter
            .events(&book.config)
            .filter_map(|(event, range)| match event {
                Event::Start(Tag::Heading {
                    level: HeadingLevel::H1,
                    ..
                }) => Some(range.start),
                _ => None,
            })
            .collect();
        match found[..] {
            [] => problems.push(Problem::new(
                &chapter.file,
                1,
                "a page without a title",
                "begin it with a heading `# Title`",
            )),
            [_] => {}
            [_, second, ..] => problems.push(Problem::new(
                &chapter.file,
                chapter.line_at(second),
                "a second heading of the first level",
                "make it `## …`: a page has one title",
            )),
        }
    }
    problems
}

fn files_below(dir: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}
