//! The glossary and the links to it.
//!
//! What is a term, and what a link leads to it, is told by the code that puts the definitions into
//! the pages: `xtask::glossary` and `xtask::terms`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use mdbook_markdown::pulldown_cmark::{Event, Tag, TagEnd};
use regex::Regex;
use xtask::glossary::{self, Term};
use xtask::preprocessor::markdown_options;
use xtask::terms::term_of;

use crate::book::{Book, Chapter};
use crate::problem::Problem;

/// The glossary of a book that has one, with its terms.
fn glossary_of(book: &Book) -> Option<(&Chapter, Vec<Term>)> {
    let chapter = book.chapter(Path::new(glossary::FILE))?;
    Some((
        chapter,
        glossary::terms(&chapter.text, &markdown_options(&book.config)),
    ))
}

/// That a reader meets each term: that a chapter links it, or the definition of another term.
pub(super) fn linked(book: &Book) -> Vec<Problem> {
    let Some((glossary, terms)) = glossary_of(book) else {
        return Vec::new();
    };
    let mut met = BTreeSet::new();
    for chapter in &book.chapters {
        for (event, range) in chapter.events(&book.config) {
            let Event::Start(Tag::Link { dest_url, .. }) = event else {
                continue;
            };
            // A definition that links its own term brings nobody to it.
            let is_own = |id: &str| {
                chapter.path == glossary.path
                    && terms
                        .iter()
                        .any(|term| term.id == id && term.definition.contains(&range.start))
            };
            met.extend(term_of(&dest_url, &chapter.path).filter(|id| !is_own(id)));
        }
    }
    terms
        .iter()
        .filter(|term| !met.contains(&term.id))
        .map(|term| {
            Problem::new(
                &glossary.file,
                glossary.line_at(term.title.start),
                format!(
                    "no chapter links the term `{}`, so no reader meets it",
                    term.name
                ),
                format!(
                    "where a chapter first uses it, write `*[{0}](../{1}#{2})*`; if it is another \
                     name of a term, link it in the definition of that term, `[{0}](#{2})`; or \
                     take it out",
                    term.name.to_lowercase(),
                    glossary::FILE,
                    term.id
                ),
            )
        })
        .collect()
}

/// That each term says where more of it stands: that its definition links a chapter.
pub(super) fn explained(book: &Book) -> Vec<Problem> {
    let Some((glossary, terms)) = glossary_of(book) else {
        return Vec::new();
    };
    let mut explained = BTreeSet::new();
    for (event, range) in glossary.events(&book.config) {
        if let Event::Start(Tag::Link { dest_url, .. }) = event
            && dest_url
                .split('#')
                .next()
                .is_some_and(|path| path.ends_with(".md"))
            && let Some(term) = terms
                .iter()
                .find(|term| term.definition.contains(&range.start))
        {
            explained.insert(&term.id);
        }
    }
    terms
        .iter()
        .filter(|term| !explained.contains(&term.id))
        .map(|term| {
            Problem::new(
                &glossary.file,
                glossary.line_at(term.title.start),
                format!("the definition of `{}` links no chapter", term.name),
                "end it with a link to the section that explains the term: `See [Tasks](async/\
                 tasks.md#dropping-the-handle).`",
            )
        })
        .collect()
}

/// That a chapter that links a term does so where the reader first meets it.
///
/// The first link to a term must not come after a sentence that has its name. What counts as one is
/// the text of paragraphs and list items. Not searched: headings, code, tables, the texts of links,
/// and the paragraph below the title, which says what the chapter is about. The name is searched
/// as the glossary spells it, in whole words, in any case, and with an *s* at its end.
pub(super) fn first_use(book: &Book) -> Vec<Problem> {
    let Some((glossary, terms)) = glossary_of(book) else {
        return Vec::new();
    };
    let mut problems = Vec::new();
    for chapter in &book.chapters {
        if chapter.path == glossary.path {
            continue;
        }
        let (text, links) = prose(book, chapter);
        for term in &terms {
            let Some(&link) = links.get(&term.id) else {
                continue;
            };
            let Some(at) = text.find(&term.name).filter(|&at| at < link) else {
                continue;
            };
            let line = chapter.line_at(at);
            problems.push(Problem::new(
                &chapter.file,
                line,
                format!(
                    "`{}` stands here, and the chapter links it only in line {}",
                    term.name,
                    chapter.line_at(link)
                ),
                format!(
                    "link it here, where a reader meets it first: `*[…]({}{}#{})*`",
                    "../".repeat(chapter.path.components().count() - 1),
                    glossary::FILE,
                    term.id
                ),
            ));
        }
    }
    problems
}

/// Running text, each piece with its place in the chapter.
struct Prose {
    /// All pieces, with a space for each byte that is none.
    text: String,
}

impl Prose {
    /// Where a term's name stands for the first time.
    fn find(&self, name: &str) -> Option<usize> {
        let words: Vec<String> = name.split_whitespace().map(regex::escape).collect();
        // A name may be broken over two lines.
        let pattern = format!(r"(?i)\b{}s?\b", words.join(r"\s+"));
        let pattern = Regex::new(&pattern).expect("the words are escaped");
        pattern.find(&self.text).map(|found| found.start())
    }
}

/// A chapter's running text, and where each term is linked for the first time.
fn prose(book: &Book, chapter: &Chapter) -> (Prose, BTreeMap<String, usize>) {
    let mut bytes = vec![b' '; chapter.text.len()];
    let mut links = BTreeMap::new();
    // How deep in what is not searched; how many paragraphs have ended.
    let (mut apart, mut paragraphs) = (0, 0);
    for (event, range) in chapter.events(&book.config) {
        match event {
            Event::Start(
                Tag::Heading { .. }
                | Tag::CodeBlock(_)
                | Tag::Table(_)
                | Tag::Image { .. }
                | Tag::HtmlBlock,
            ) => apart += 1,
            Event::Start(Tag::Link { dest_url, .. }) => {
                apart += 1;
                if let Some(id) = term_of(&dest_url, &chapter.path) {
                    links.entry(id).or_insert(range.start);
                }
            }
            Event::End(
                TagEnd::Heading(_)
                | TagEnd::CodeBlock
                | TagEnd::Table
                | TagEnd::Image
                | TagEnd::HtmlBlock
                | TagEnd::Link,
            ) => apart -= 1,
            Event::End(TagEnd::Paragraph) => paragraphs += 1,
            Event::Text(_) if apart == 0 && paragraphs > 0 => {
                bytes[range.clone()].copy_from_slice(&chapter.text.as_bytes()[range]);
            }
            _ => {}
        }
    }
    let text = String::from_utf8(bytes).expect("the pieces are whole texts, and a space is one");
    (Prose { text }, links)
}
