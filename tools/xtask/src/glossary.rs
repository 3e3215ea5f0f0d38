//! The glossary as data: its terms, their ids on the page, and their definitions.
//!
//! The glossary is the definition list of `src/glossary.md`. What shows a definition elsewhere
//! ([`terms`](crate::terms)) and what checks it (the tests of the book) takes it from there.

use std::ops::Range;

use mdbook_markdown::pulldown_cmark::{CowStr, Event, Tag, TagEnd, html};
use mdbook_markdown::{MarkdownOptions, new_cmark_parser};

use crate::ids::Ids;

/// The file of the glossary, relative to the folder of the chapters.
pub const FILE: &str = "glossary.md";

/// An entry of the glossary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// What it is called: `Green thread`.
    pub name: String,
    /// The id that mdBook gives it on the page: `green-thread`.
    pub id: String,
    /// Where the name stands in the Markdown, in bytes.
    pub title: Range<usize>,
    /// Where its definitions stand in the Markdown, in bytes: from the first to the last.
    pub definition: Range<usize>,
}

/// The terms of a glossary, in its order.
pub fn terms(markdown: &str, options: &MarkdownOptions) -> Vec<Term> {
    let mut ids = Ids::default();
    let mut terms: Vec<Term> = Vec::new();
    // What is named: a heading or a term, whose text becomes its id.
    let mut named: Option<String> = None;
    for (event, range) in new_cmark_parser(markdown, options).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { .. } | Tag::DefinitionListTitle) => {
                named = Some(String::new());
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some(name) = &mut named {
                    name.push_str(&text);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some(name) = named.take() {
                    ids.give(&name);
                }
            }
            Event::End(TagEnd::DefinitionListTitle) => {
                if let Some(name) = named.take() {
                    let id = ids.give(&name);
                    terms.push(Term {
                        name,
                        id,
                        title: range,
                        definition: 0..0,
                    });
                }
            }
            Event::End(TagEnd::DefinitionListDefinition) => {
                if let Some(term) = terms.last_mut() {
                    let start = if term.definition.end == 0 {
                        range.start
                    } else {
                        term.definition.start
                    };
                    term.definition = start..range.end;
                }
            }
            _ => {}
        }
    }
    terms
}

/// The definition of `term` as HTML, each target of a link replaced by what `resolve` makes of it.
pub fn definition(
    markdown: &str,
    options: &MarkdownOptions,
    term: &Term,
    resolve: impl Fn(&str) -> String,
) -> String {
    let events = new_cmark_parser(markdown, options)
        .into_offset_iter()
        .filter(|(event, range)| {
            let is_list = matches!(
                event,
                Event::Start(Tag::DefinitionListDefinition)
                    | Event::End(TagEnd::DefinitionListDefinition)
            );
            let is_within =
                term.definition.start <= range.start && range.end <= term.definition.end;
            is_within && !is_list
        })
        .map(|(event, _)| match event {
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            }) => Event::Start(Tag::Link {
                link_type,
                dest_url: CowStr::from(resolve(&dest_url)),
                title,
                id,
            }),
            other => other,
        });
    let mut text = String::new();
    html::push_html(&mut text, events);
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{definition, terms};
    use mdbook_markdown::MarkdownOptions;

    const GLOSSARY: &str = "# Glossary\n\nAll words.\n\n\
        Task\n: A [future](#future) that runs. See\n  [Tasks](async/tasks.md#spawn).\n\n\
        Glossary\n: A list of `a < b` words.\n\n\
        `.await`\n: One.\n: Two.\n";

    #[test]
    fn terms_have_their_names_and_the_ids_of_the_page() {
        let terms = terms(GLOSSARY, &MarkdownOptions::default());
        let found: Vec<_> = terms
            .iter()
            .map(|term| (term.name.as_str(), term.id.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                ("Task", "task"),
                ("Glossary", "glossary-1"),
                (".await", "await")
            ]
        );
        assert!(GLOSSARY[terms[0].title.clone()].starts_with("Task"));
    }

    #[test]
    fn a_definition_is_html_with_resolved_links() {
        let options = MarkdownOptions::default();
        let terms = terms(GLOSSARY, &options);
        let html = |index: usize| {
            definition(GLOSSARY, &options, &terms[index], |target| {
                format!("../{target}")
            })
        };
        assert_eq!(
            html(0),
            "A <a href=\"../#future\">future</a> that runs. See\n\
             <a href=\"../async/tasks.md#spawn\">Tasks</a>."
        );
        assert_eq!(html(1), "A list of <code>a &lt; b</code> words.");
        assert!(html(2).contains("One.") && html(2).contains("Two."));
    }
}
