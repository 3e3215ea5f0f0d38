//! What mdBook's preprocessors among the tasks have in common.

use std::io;

use anyhow::{Result, bail};
use mdbook_markdown::MarkdownOptions;
use mdbook_preprocessor::PreprocessorContext;
use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::config::Config;

/// Answers mdBook for the preprocessor `name`: whether a renderer is supported, if that is the
/// `question`; else the book that comes on stdin, as `change` leaves it, to stdout.
///
/// # Errors
/// That the input is not mdBook's, or what `change` says.
pub fn answer(
    name: &str,
    question: &[String],
    change: impl FnOnce(&PreprocessorContext, &mut Book) -> Result<()>,
) -> Result<()> {
    match question {
        [] => {}
        [supports, renderer] if supports == "supports" && renderer == "html" => return Ok(()),
        _ => bail!("the preprocessor `{name}` supports the renderer `html` only"),
    }
    let (context, mut book) = mdbook_preprocessor::parse_input(io::stdin())?;
    change(&context, &mut book)?;
    serde_json::to_writer(io::stdout(), &book)?;
    Ok(())
}

/// The options with which mdBook reads the Markdown of a book.
pub fn markdown_options(config: &Config) -> MarkdownOptions {
    let html = config.html_config().unwrap_or_default();
    let mut options = MarkdownOptions::default();
    options.smart_punctuation = html.smart_punctuation;
    options.definition_lists = html.definition_lists;
    options.admonitions = html.admonitions;
    options
}

#[cfg(test)]
mod tests {
    use super::answer;

    #[test]
    fn the_pages_are_changed_for_html_and_nothing_else() {
        let ask = |renderer: &str| {
            let question = ["supports", renderer].map(str::to_owned);
            answer("terms", &question, |_, _| unreachable!("there is no book"))
        };
        ask("html").expect("it is supported");
        let error = ask("epub").expect_err("it is not supported");
        assert!(error.to_string().contains("`terms`"), "{error}");
    }
}
