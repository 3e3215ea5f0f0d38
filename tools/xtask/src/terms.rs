//! mdBook's preprocessor `terms`: puts the definitions of a page's terms into the page.
//!
//! A link to `glossary.md#task` shows the definition of *task* in place (`theme/terms.js`). The
//! definitions stand in the page from the start, as `<script type="text/html">`, a block of data
//! that a browser neither runs nor shows, that mdBook leaves out of its search index, and that does
//! not print. It costs each page the bytes of its terms. The alternative, that the script fetches
//! `glossary.html` when a reader first points at a term, costs nothing until then, but fails on
//! `file://` and offline, and comes too late for a screen reader, which reads the description of a
//! link when the link gets the focus.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use anyhow::{Result, bail};
use mdbook_markdown::pulldown_cmark::{Event, Tag};
use mdbook_markdown::{MarkdownOptions, new_cmark_parser};
use mdbook_preprocessor::book::{Book, BookItem, Chapter};

use crate::glossary::{self, Term};
use crate::preprocessor::{self, markdown_options};

/// Answers mdBook, with the definitions in the pages.
///
/// A link to a term that the glossary does not have is a warning on stderr: the page is as good as
/// before, and the tests of the book name the line.
///
/// # Errors
/// That the input is not mdBook's, or that a definition has HTML that would end the block of data
/// that it stands in.
pub fn answer(question: &[String]) -> Result<()> {
    preprocessor::answer("terms", question, |context, book| {
        for warning in embed(book, &markdown_options(&context.config))? {
            eprintln!("WARN {warning}");
        }
        Ok(())
    })
}

/// Adds to each page the definitions of the terms that it links; returns what is missing.
fn embed(book: &mut Book, options: &MarkdownOptions) -> Result<Vec<String>> {
    let glossary = book.iter().find_map(|item| match item {
        BookItem::Chapter(chapter) if is_glossary(chapter) => Some(chapter.content.clone()),
        _ => None,
    });
    // A book without a glossary has no links to it.
    let Some(glossary) = glossary else {
        return Ok(Vec::new());
    };
    let terms = glossary::terms(&glossary, options);
    let mut warnings = Vec::new();
    let mut failed = None;
    book.for_each_mut(|item| {
        if let BookItem::Chapter(chapter) = item
            && let Some(page) = chapter.path.clone()
            && !is_glossary(chapter)
        {
            let mut wanted = BTreeSet::new();
            for id in linked(&chapter.content, &page, options) {
                match terms.iter().position(|term| term.id == id) {
                    Some(index) => {
                        wanted.insert(index);
                    }
                    None => warnings.push(format!(
                        "{}: the glossary has no term `#{id}`",
                        page.display()
                    )),
                }
            }
            let wanted = wanted.into_iter().map(|index| &terms[index]);
            match block(&glossary, options, wanted, &page) {
                Ok(block) => chapter.content.push_str(&block),
                Err(error) => failed = Some(error),
            }
        }
    });
    failed.map_or(Ok(warnings), Err)
}

fn is_glossary(chapter: &Chapter) -> bool {
    chapter.path.as_deref() == Some(Path::new(glossary::FILE))
}

/// The ids of the terms that a page links.
fn linked(markdown: &str, page: &Path, options: &MarkdownOptions) -> BTreeSet<String> {
    new_cmark_parser(markdown, options)
        .filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. }) => term_of(&dest_url, page),
            _ => None,
        })
        .collect()
}

/// The id of the term to which a link on `page` (relative to the folder of the chapters) leads, if
/// it leads to one.
pub fn term_of(target: &str, page: &Path) -> Option<String> {
    let (path, id) = target.split_once('#')?;
    let file = if path.is_empty() {
        page.to_path_buf()
    } else {
        joined(page.parent()?, path)?
    };
    (file == Path::new(glossary::FILE) && !id.is_empty()).then(|| id.to_owned())
}

/// The data of a page: each definition in a `<div>` that names its term; nothing if there are none.
fn block<'a>(
    glossary: &str,
    options: &MarkdownOptions,
    terms: impl Iterator<Item = &'a Term>,
    page: &Path,
) -> Result<String> {
    let mut html = String::new();
    for term in terms {
        let text = glossary::definition(glossary, options, term, |target| rebased(target, page));
        // HTML that the glossary's author wrote: `push_html` escapes everything else.
        if text.contains("<script") || text.contains("</script") || text.contains("<!--") {
            bail!(
                "{}: the definition of `{}` has a script or a comment in HTML: write it without",
                glossary::FILE,
                term.name
            );
        }
        html.push_str(&format!("<div data-term=\"{}\">{text}</div>\n", term.id));
    }
    if html.is_empty() {
        return Ok(html);
    }
    Ok(format!(
        "\n\n<script type=\"text/html\" id=\"definitions\">\n{html}</script>\n"
    ))
}

/// The target of a link of the glossary, as it has to be on `page`: relative, and to a page.
fn rebased(target: &str, page: &Path) -> String {
    let is_elsewhere = target
        .split_once(':')
        .is_some_and(|(scheme, _)| !scheme.contains(['/', '#', '.']));
    if is_elsewhere {
        return target.to_owned();
    }
    let up = "../".repeat(page.components().count().saturating_sub(1));
    let (path, fragment) = match target.split_once('#') {
        Some((path, fragment)) => (path, format!("#{fragment}")),
        None => (target, String::new()),
    };
    let path = if path.is_empty() {
        glossary::FILE
    } else {
        path
    };
    match path.strip_suffix(".md") {
        Some(chapter) => format!("{up}{chapter}.html{fragment}"),
        None => format!("{up}{path}{fragment}"),
    }
}

/// `path` seen from `folder`, without `.` and `..`; none if it leads out of the book.
fn joined(folder: &Path, path: &str) -> Option<PathBuf> {
    let mut result = PathBuf::new();
    for component in folder.join(path).components() {
        match component {
            Component::Normal(name) => result.push(name),
            Component::CurDir => {}
            Component::ParentDir => {
                if !result.pop() {
                    return None;
                }
            }
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(result)
}

#[cfg(test)]
mod tests {
    use super::{embed, rebased, term_of};
    use mdbook_markdown::MarkdownOptions;
    use mdbook_preprocessor::book::{Book, BookItem, Chapter};
    use std::path::Path;

    const GLOSSARY: &str = "# Glossary\n\nFuture\n: A value.\n\n\
        Task\n: A [future](#future) that runs: [Tasks](async/tasks.md).\n";

    fn page(path: &str, content: &str) -> BookItem {
        BookItem::Chapter(Chapter::new(path, content.to_owned(), path, Vec::new()))
    }

    fn embedded(content: &str) -> (String, Vec<String>) {
        let mut book = Book::new_with_items(vec![
            page("async/tasks.md", content),
            page("glossary.md", GLOSSARY),
        ]);
        let warnings = embed(&mut book, &MarkdownOptions::default()).expect("it has no HTML");
        let Some(BookItem::Chapter(chapter)) = book.items.first() else {
            unreachable!("the book keeps its pages");
        };
        (chapter.content.clone(), warnings)
    }

    #[test]
    fn a_page_gets_the_definitions_of_the_terms_that_it_links() {
        let content =
            "# Tasks\n\nA *[task](../glossary.md#task)*, and the [task](../glossary.md#task).\n";
        let (page, warnings) = embedded(content);
        assert_eq!(
            page,
            format!(
                "{content}\n\n<script type=\"text/html\" id=\"definitions\">\n\
                 <div data-term=\"task\">A <a href=\"../glossary.html#future\">future</a> that \
                 runs: <a href=\"../async/tasks.html\">Tasks</a>.</div>\n</script>\n"
            )
        );
        assert!(warnings.is_empty());
    }

    #[test]
    fn a_page_without_terms_stays_as_it_is() {
        let content = "# Tasks\n\nThe [glossary](../glossary.md), `[a](../glossary.md#task)`.\n";
        assert_eq!(embedded(content), (content.to_owned(), Vec::new()));
    }

    #[test]
    fn a_term_that_the_glossary_does_not_have_is_told() {
        let content = "# Tasks\n\nA [fork](../glossary.md#fork).\n";
        let (page, warnings) = embedded(content);
        assert_eq!(page, content);
        assert!(warnings[0].contains("tasks.md") && warnings[0].contains("#fork"));
    }

    #[test]
    fn html_that_ends_the_data_is_refused() {
        let mut book = Book::new_with_items(vec![
            page("tasks.md", "A [task](glossary.md#task).\n"),
            page("glossary.md", "Task\n: A <script>1</script>.\n"),
        ]);
        let error = embed(&mut book, &MarkdownOptions::default()).expect_err("it has a script");
        assert!(error.to_string().contains("`Task`"));
    }

    #[test]
    fn links_are_followed_from_the_page_they_stand_on() {
        let task = Some("task".to_owned());
        assert_eq!(term_of("../glossary.md#task", Path::new("a/b.md")), task);
        assert_eq!(term_of("#task", Path::new("glossary.md")), task);
        assert_eq!(term_of("glossary.md#task", Path::new("a/b.md")), None);
        assert_eq!(term_of("../../glossary.md#task", Path::new("a/b.md")), None);
        assert_eq!(term_of("glossary.md", Path::new("b.md")), None);
    }

    #[test]
    fn links_of_the_glossary_lead_from_the_page_to_the_same_place() {
        let from = Path::new("a/b.md");
        assert_eq!(rebased("#task", from), "../glossary.html#task");
        assert_eq!(rebased("a/b.md#c", from), "../a/b.html#c");
        assert_eq!(rebased("https://tokio.rs/#a", from), "https://tokio.rs/#a");
        assert_eq!(rebased("a.md", Path::new("b.md")), "a.html");
    }
}
