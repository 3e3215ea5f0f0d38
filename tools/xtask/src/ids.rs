//! The ids that mdBook gives to what has a name on a page: its headings, and the terms of its
//! definition lists. So do `id_from_content` and `unique_id` of mdbook-html 0.5.4, which are
//! private; that the ids are those of the rendered page, the tests of the book hold.

use std::collections::HashSet;
use std::ops::Range;

use mdbook_markdown::pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};
use mdbook_markdown::{MarkdownOptions, new_cmark_parser};

/// The ids of one page that are given.
#[derive(Debug, Default)]
pub struct Ids(HashSet<String>);

impl Ids {
    /// Gives the next name of the page its id: with a number, if one above has it already.
    pub fn give(&mut self, name: &str) -> String {
        let id: String = name
            .trim()
            .to_lowercase()
            .chars()
            .filter_map(|c| match c {
                _ if c.is_alphanumeric() || c == '_' || c == '-' => Some(c),
                _ if c.is_whitespace() => Some('-'),
                _ => None,
            })
            .collect();
        let mut candidate = id.clone();
        let mut number = 0;
        while !self.0.insert(candidate.clone()) {
            number += 1;
            candidate = format!("{id}-{number}");
        }
        candidate
    }
}

/// A heading of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// `H2` for `## …`.
    pub level: HeadingLevel,
    /// What it says, as Markdown: ``Why is my `Rc` refused?``
    pub title: String,
    /// The id that mdBook gives it.
    pub id: String,
    /// Where it stands in the Markdown, in bytes.
    pub range: Range<usize>,
}

/// The headings of a page, in its order.
pub fn headings(markdown: &str, options: &MarkdownOptions) -> Vec<Heading> {
    let mut ids = Ids::default();
    let mut found = Vec::new();
    let mut level = HeadingLevel::H1;
    // The id that a heading itself names, `## … {#id}`.
    let mut own = None;
    // The text of the name that is being read, and where its Markdown stands.
    let mut name: Option<(String, Range<usize>)> = None;
    for (event, range) in new_cmark_parser(markdown, options).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level: of, id, .. }) => {
                (level, own) = (of, id);
                name = Some((String::new(), range.end..range.start));
            }
            Event::Start(Tag::DefinitionListTitle) => {
                name = Some((String::new(), range.end..range.start));
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some((text, inner)) = name.take() {
                    found.push(Heading {
                        level,
                        title: markdown.get(inner).unwrap_or_default().trim().to_owned(),
                        id: own
                            .take()
                            .map_or_else(|| ids.give(&text), |id| id.to_string()),
                        range,
                    });
                }
            }
            // A term takes an id away from the headings below it.
            Event::End(TagEnd::DefinitionListTitle) => {
                if let Some((text, _)) = name.take() {
                    ids.give(&text);
                }
            }
            event => {
                if let Some((text, inner)) = &mut name {
                    *inner = inner.start.min(range.start)..inner.end.max(range.end);
                    if let Event::Text(words) | Event::Code(words) = event {
                        text.push_str(&words);
                    }
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::headings;
    use mdbook_markdown::MarkdownOptions;
    use mdbook_markdown::pulldown_cmark::HeadingLevel;

    #[test]
    fn headings_have_their_markdown_and_the_ids_of_the_page() {
        let page = "# Errors\n\n## Why is `Rc<str>` *not* [`Send`]?\n\nTask\n: A future.\n\n\
                    ## Task\n\n### Errors ###\n\n## Why {#because}\n\n##\n";
        let found = headings(page, &MarkdownOptions::default());
        let found: Vec<_> = found
            .iter()
            .map(|it| (it.level, it.title.as_str(), it.id.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                (HeadingLevel::H1, "Errors", "errors"),
                (
                    HeadingLevel::H2,
                    "Why is `Rc<str>` *not* [`Send`]?",
                    "why-is-rcstr-not-send"
                ),
                (HeadingLevel::H2, "Task", "task-1"),
                (HeadingLevel::H3, "Errors", "errors-1"),
                (HeadingLevel::H2, "Why", "because"),
                (HeadingLevel::H2, "", "")
            ]
        );
    }
}
