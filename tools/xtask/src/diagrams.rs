//! mdBook's preprocessor `diagrams`, which runs before mdbook-mermaid's.
//!
//! It puts the script that draws the diagrams into the folder of the chapters, from where mdBook
//! copies it into the book: mdbook-mermaid brings it along, and this repository does not. And it
//! adds to each diagram its description, for readers without JavaScript.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use mdbook_markdown::MarkdownOptions;
use mdbook_markdown::pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};
use mdbook_preprocessor::book::BookItem;

use crate::preprocessor;
use crate::tools::MERMAID;

/// The script's name, in the folder of the chapters and in the book.
const SCRIPT: &str = "mermaid.min.js";

/// Answers mdBook, with the descriptions in the pages.
///
/// # Errors
/// That the input is not mdBook's, or that there is no mdbook-mermaid to take the script from.
pub fn answer(question: &[String]) -> Result<()> {
    preprocessor::answer("diagrams", question, |context, book| {
        install_script(&context.root.join(&context.config.book.src).join(SCRIPT))?;
        book.for_each_mut(|item| {
            if let BookItem::Chapter(chapter) = item {
                chapter.content = with_descriptions(&chapter.content);
            }
        });
        Ok(())
    })
}

/// Writes the script of the installed mdbook-mermaid to `target`, unless it is there.
fn install_script(target: &Path) -> Result<()> {
    let dir = tempfile::tempdir().context("no temporary folder")?;
    // It is meant to change a book's configuration; this one is thrown away.
    fs::write(dir.path().join("book.toml"), "").context("no room for a file")?;
    let installed = Command::new(MERMAID.program)
        .args(["install", "."])
        .current_dir(dir.path())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    match installed {
        Ok(status) if status.success() => {}
        Ok(status) => bail!("`{} install` failed: {status}", MERMAID.program),
        Err(error) if error.kind() == ErrorKind::NotFound => bail!(
            "{} is not installed: run `cargo xtask serve`, which fetches it, or `cargo install \
             --locked {}@{}`",
            MERMAID.program,
            MERMAID.package,
            MERMAID.version
        ),
        Err(error) => return Err(error).context("can't start mdbook-mermaid"),
    }
    let script = fs::read(dir.path().join(SCRIPT)).context("mdbook-mermaid wrote no script")?;
    // A file that is written anew looks changed to `mdbook serve`, which then builds again.
    if fs::read(target).is_ok_and(|old| old == script) {
        return Ok(());
    }
    fs::write(target, script).with_context(|| format!("can't write `{}`", target.display()))
}

/// The Markdown with the description of each diagram below it, in `noscript`.
fn with_descriptions(markdown: &str) -> String {
    let mut result = String::new();
    let mut copied = 0;
    let mut source: Option<String> = None;
    let events = mdbook_markdown::new_cmark_parser(markdown, &MarkdownOptions::default());
    for (event, range) in events.into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if &*info == "mermaid" => {
                source = Some(String::new());
            }
            Event::Text(text) => {
                if let Some(source) = &mut source {
                    source.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                let description = source.take().and_then(|source| description(&source));
                if let Some(description) = description {
                    result.push_str(&markdown[copied..range.end]);
                    result.push_str(&format!(
                        "\n\n<noscript>\n<p class=\"diagram-description\">{}</p>\n</noscript>\n\n",
                        escape(&description)
                    ));
                    copied = range.end;
                }
            }
            _ => {}
        }
    }
    result.push_str(&markdown[copied..]);
    result
}

/// What a diagram's `accDescr` line says.
fn description(source: &str) -> Option<String> {
    source.lines().find_map(|line| {
        let description = line
            .trim()
            .strip_prefix("accDescr")?
            .trim_start()
            .strip_prefix(':')?;
        Some(description.trim().to_owned())
    })
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::with_descriptions;

    #[test]
    fn a_diagram_gets_its_description_below_it() {
        let markdown =
            "# A\n\n```mermaid\nflowchart TB\n    accDescr: a < b\n    a --> b\n```\n\nend\n";
        let expected = "# A\n\n```mermaid\nflowchart TB\n    accDescr: a < b\n    a --> b\n```\n\n\
                        <noscript>\n<p class=\"diagram-description\">a &lt; b</p>\n</noscript>\n\n\n\nend\n";
        assert_eq!(with_descriptions(markdown), expected);
    }

    #[test]
    fn a_page_without_diagrams_stays_as_it_is() {
        let markdown = "# A\n\n```rust\nlet a = 1;\n```\n";
        assert_eq!(with_descriptions(markdown), markdown);
    }
}
