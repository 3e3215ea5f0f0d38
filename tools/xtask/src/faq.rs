//! The FAQ as data: its pages, their entries, and the messages of these.
//!
//! An entry is what stands below a heading of the second level, a question. What lists the entries
//! ([`questions`](crate::questions)) and what checks them (the tests of the book) takes them from
//! there.

use std::ops::Range;
use std::path::Path;

use mdbook_markdown::pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};
use mdbook_markdown::{MarkdownOptions, new_cmark_parser};

use crate::ids::{Heading, headings};

/// The folder of the FAQ's pages, relative to the folder of the chapters.
pub const FOLDER: &str = "faq";

/// The page there that lists the entries of all the others, relative to the folder of the chapters.
pub const LIST: &str = "faq/questions.md";

/// The line of that page in whose place the list comes.
pub const MARKER: &str = "<!-- questions -->";

/// A question with its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The question, as Markdown.
    pub question: String,
    /// The id that mdBook gives its heading.
    pub id: String,
    /// Where it stands in the Markdown of its page, in bytes: from its heading to the next.
    pub range: Range<usize>,
    /// What the compiler or the program says: the first `text` block, if the paragraph above it
    /// leads to a message.
    pub message: Option<String>,
}

/// Whether the chapter at `path` (relative to the folder of the chapters) is a page with entries.
pub fn is_page(path: &Path) -> bool {
    path.starts_with(FOLDER) && path != Path::new(LIST)
}

/// Whether a paragraph between a sample and what it gives says that this is a message, and not what
/// else a program may print: `The message:`, `The messages, as both print them:`.
pub fn leads_to_message(paragraph: &str) -> bool {
    paragraph.starts_with("The message") && paragraph.ends_with(':')
}

/// The entries of a page, in its order.
pub fn entries(markdown: &str, options: &MarkdownOptions) -> Vec<Entry> {
    let headings = headings(markdown, options);
    let above = |heading: &&Heading| heading.level <= HeadingLevel::H2;
    let ends = headings.iter().filter(above).map(|it| it.range.start);
    let ends: Vec<usize> = ends.chain([markdown.len()]).collect();
    headings
        .iter()
        .filter(|heading| heading.level == HeadingLevel::H2)
        .map(|heading| {
            let start = heading.range.start;
            let end = ends.iter().copied().find(|&end| end > start);
            let range = start..end.unwrap_or(markdown.len());
            Entry {
                question: heading.title.clone(),
                id: heading.id.clone(),
                message: message(&markdown[range.clone()], options),
                range,
            }
        })
        .collect()
}

/// The first `text` block of an entry, if the paragraph above it leads to a message.
fn message(entry: &str, options: &MarkdownOptions) -> Option<String> {
    let mut paragraph = None;
    let mut message: Option<String> = None;
    for (event, range) in new_cmark_parser(entry, options).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info)))
                if info.split([',', ' ']).next() == Some("text") =>
            {
                if !paragraph.take().is_some_and(leads_to_message) {
                    return None;
                }
                message = Some(String::new());
            }
            Event::Text(text) if message.is_some() => {
                message = message.map(|message| message + &text);
            }
            Event::End(TagEnd::CodeBlock) if message.is_some() => return message,
            Event::End(TagEnd::Paragraph) => paragraph = Some(entry[range].trim()),
            Event::Start(_) => paragraph = None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{entries, is_page};
    use mdbook_markdown::MarkdownOptions;
    use std::path::Path;

    #[test]
    fn an_entry_reaches_to_the_next_question() {
        let page = "# Errors\n\nAll of them.\n\n## What is `E0728`?\n\n### Not one\n\nText.\n\n\
                    ## Why?\n\nBecause.\n";
        let found = entries(page, &MarkdownOptions::default());
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].question, "What is `E0728`?");
        assert_eq!(found[0].id, "what-is-e0728");
        assert_eq!(
            &page[found[0].range.clone()],
            "## What is `E0728`?\n\n### Not one\n\nText.\n\n"
        );
        assert_eq!(&page[found[1].range.clone()], "## Why?\n\nBecause.\n");
    }

    #[test]
    fn a_message_is_the_first_text_below_its_lead() {
        let message = |entry: &str| {
            let page = format!("# Errors\n\n## Why?\n\n{entry}");
            let found = entries(&page, &MarkdownOptions::default());
            found[0].message.clone()
        };
        let text = "```text\nerror: no\n\nhelp\n```\n";
        let sample = "```rust\nfn main() {}\n```\n\n";
        let whole = Some("error: no\n\nhelp\n".to_owned());
        assert_eq!(message(&format!("{sample}The message:\n\n{text}")), whole);
        assert_eq!(message(&format!("The messages, both:\n\n{text}")), whole);
        assert_eq!(message(&format!("It prints:\n\n{text}")), None);
        assert_eq!(message(&format!("The message:\n\nBut:\n\n{text}")), None);
        // What an answer's own program prints is no message, whatever stands above it.
        let late = format!("It prints:\n\n{text}\nThe message:\n\n{text}");
        assert_eq!(message(&late), None);
        assert_eq!(message("**In short.** Yes.\n"), None);
    }

    #[test]
    fn the_list_is_no_page_with_entries() {
        assert!(is_page(Path::new("faq/first-errors.md")));
        assert!(!is_page(Path::new("faq/questions.md")));
        assert!(!is_page(Path::new("async/faq.md")));
    }
}
