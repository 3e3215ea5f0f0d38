//! mdBook's preprocessor `questions`: puts the list of all entries of the FAQ into its first page.
//!
//! Below each question stands what identifies its message, so that a browser's search on that one
//! page finds a pasted line. The list is made of the entries in each build: there is no second copy
//! to keep.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use mdbook_markdown::MarkdownOptions;
use mdbook_preprocessor::book::{Book, BookItem, Chapter};

use crate::faq::{self, Entry};
use crate::ids::headings;
use crate::messages::headlines;
use crate::preprocessor::{self, markdown_options};

/// Answers mdBook, with the list in its page.
///
/// # Errors
/// That the input is not mdBook's, or that the page has no place for the list.
pub fn answer(question: &[String]) -> Result<()> {
    preprocessor::answer("questions", question, |context, book| {
        insert(book, &markdown_options(&context.config))
    })
}

/// A page with entries.
struct Page {
    path: PathBuf,
    /// Its title, as Markdown.
    title: String,
    entries: Vec<Entry>,
}

impl Page {
    fn new(chapter: &Chapter, options: &MarkdownOptions) -> Option<Page> {
        let path = chapter.path.clone().filter(|path| faq::is_page(path))?;
        let first = headings(&chapter.content, options).into_iter().next();
        Some(Page {
            path,
            title: first.map_or_else(|| chapter.name.clone(), |heading| heading.title),
            entries: faq::entries(&chapter.content, options),
        })
    }
}

/// Puts the list into its page; does nothing to a book without that page.
fn insert(book: &mut Book, options: &MarkdownOptions) -> Result<()> {
    let pages: Vec<Page> = book
        .iter()
        .filter_map(|item| match item {
            BookItem::Chapter(chapter) => Page::new(chapter, options),
            _ => None,
        })
        .collect();
    let list = list(&pages);
    let mut done = Ok(());
    book.for_each_mut(|item| {
        if let BookItem::Chapter(chapter) = item
            && chapter.path.as_deref() == Some(Path::new(faq::LIST))
        {
            match with_list(&chapter.content, &list) {
                Some(content) => chapter.content = content,
                None => done = Err(()),
            }
        }
    });
    if done.is_err() {
        bail!(
            "{}: there is no line `{}` in whose place the list of the questions could come",
            faq::LIST,
            faq::MARKER
        );
    }
    Ok(())
}

/// The page with the list in place of its marker, if it has one.
fn with_list(markdown: &str, list: &str) -> Option<String> {
    let is_marker = |line: &str| line.trim() == faq::MARKER;
    markdown.lines().any(is_marker).then(|| {
        markdown
            .lines()
            .map(|line| if is_marker(line) { list } else { line })
            .flat_map(|line| [line, "\n"])
            .collect()
    })
}

/// The list as Markdown: a section for each page, an item for each entry.
fn list(pages: &[Page]) -> String {
    let entries = || pages.iter().flat_map(|page| &page.entries);
    let messages: Vec<&str> = entries()
        .filter_map(|entry| entry.message.as_deref())
        .collect();
    let mut headlines = headlines(&messages).into_iter();
    let mut list = String::new();
    for page in pages.iter().filter(|page| !page.entries.is_empty()) {
        // Links of the list are seen from its page, which is in the folder of the others.
        let file = page.path.strip_prefix(faq::FOLDER).unwrap_or(&page.path);
        let file = file.to_string_lossy().replace('\\', "/");
        list.push_str(&format!("## {}\n\n", page.title));
        for Entry {
            question,
            id,
            message,
            ..
        } in &page.entries
        {
            list.push_str(&format!("- [{question}]({file}#{id})\n"));
            if message.is_some() {
                let lines = headlines.next().unwrap_or_default();
                list.push_str(&block(&lines));
            }
            list.push('\n');
        }
    }
    list
}

/// A block of code within an item of a list.
fn block(lines: &[String]) -> String {
    let fence = "```";
    let mut block = format!("\n  {fence}text,message\n");
    for line in lines {
        block.push_str(&format!("  {line}\n"));
    }
    block + &format!("  {fence}\n")
}

#[cfg(test)]
mod tests {
    use super::insert;
    use mdbook_markdown::MarkdownOptions;
    use mdbook_preprocessor::book::{Book, BookItem, Chapter};

    const ERRORS: &str = "# `E0728` and others\n\n## Why does `wait` do nothing?\n\n\
        The message:\n\n```text\nwarning: unused future\n --> a.rs\n```\n\n**In short.** Await.\n\n\
        ## Errors?\n\n**In short.** Yes.\n";

    fn page(path: &str, content: &str) -> BookItem {
        BookItem::Chapter(Chapter::new(path, content.to_owned(), path, Vec::new()))
    }

    fn inserted(list: &str) -> Result<String, String> {
        let mut book = Book::new_with_items(vec![
            page("faq/questions.md", list),
            page("faq/errors.md", ERRORS),
            page("faq/empty.md", "# Empty\n"),
            page("async/tasks.md", "# Tasks\n\n## Is this a question?\n"),
            page(
                "faq/time.md",
                "# Time\n\n## Errors?\n\nThe message:\n\n```text\nlate\n```\n",
            ),
        ]);
        insert(&mut book, &MarkdownOptions::default()).map_err(|error| error.to_string())?;
        let Some(BookItem::Chapter(chapter)) = book.items.first() else {
            unreachable!("the book keeps its pages");
        };
        Ok(chapter.content.clone())
    }

    #[test]
    fn the_list_has_each_question_with_its_message() {
        let list = inserted("# All\n\nAbove.\n\n<!-- questions -->\n\nBelow.\n");
        let expected = "# All\n\nAbove.\n\n\
            ## `E0728` and others\n\n\
            - [Why does `wait` do nothing?](errors.md#why-does-wait-do-nothing)\n\n  \
            ```text,message\n  warning: unused future\n  ```\n\n\
            - [Errors?](errors.md#errors)\n\n\
            ## Time\n\n\
            - [Errors?](time.md#errors)\n\n  ```text,message\n  late\n  ```\n\n\n\nBelow.\n";
        assert_eq!(list.as_deref(), Ok(expected));
    }

    #[test]
    fn a_page_without_place_for_the_list_is_refused() {
        let error = inserted("# All\n\nThe `<!-- questions -->`.\n").expect_err("no place");
        assert!(error.contains("faq/questions.md"), "{error}");
    }

    #[test]
    fn a_book_without_faq_stays_as_it_is() {
        let book = Book::new_with_items(vec![page("a.md", "<!-- questions -->\n")]);
        let mut same = book.clone();
        insert(&mut same, &MarkdownOptions::default()).expect("there is nothing to do");
        assert_eq!(same, book);
    }
}
