//! Rust code as HTML with the classes that `theme/book.css` colors, which are those of highlight.js:
//! what `mdbook serve` does in the reader's browser, done once, when the site is built.

use anyhow::{Context, Result};
use tree_sitter_highlight::{HighlightConfiguration, Highlighter, HtmlRenderer};

/// What tree-sitter's query calls a piece of code, and the class that the stylesheet has for it.
/// A name stands for all that begin with it and a dot, unless those stand here too; punctuation,
/// operators and variables have no color.
const CLASSES: [(&str, &str); 14] = [
    ("attribute", "hljs-meta"),
    ("comment", "hljs-comment"),
    ("constant.builtin", "hljs-number"),
    ("constructor", "hljs-type"),
    ("escape", "hljs-string"),
    ("function", "hljs-title"),
    ("function.macro", "hljs-title"),
    ("keyword", "hljs-keyword"),
    ("label", "hljs-meta"),
    ("number", "hljs-number"),
    ("string", "hljs-string"),
    ("type", "hljs-type"),
    ("type.builtin", "hljs-type"),
    ("variable.builtin", "hljs-keyword"),
];

/// Highlights Rust.
pub struct Rust {
    configuration: HighlightConfiguration,
    attributes: Vec<String>,
}

impl Rust {
    /// A highlighter, to be used for many pieces of code.
    ///
    /// # Errors
    /// That the grammar's own query is not valid, which only another version of it can cause.
    pub fn new() -> Result<Self> {
        let language = tree_sitter_rust::LANGUAGE.into();
        let query = tree_sitter_rust::HIGHLIGHTS_QUERY;
        let mut configuration = HighlightConfiguration::new(language, "rust", query, "", "")
            .context("the query of tree-sitter-rust is not valid")?;
        configuration.configure(&CLASSES.map(|(name, _)| name));
        let attributes = CLASSES
            .map(|(_, class)| format!("class=\"{class}\""))
            .to_vec();
        Ok(Self {
            configuration,
            attributes,
        })
    }

    /// The HTML of `code`. The text in it is `code` again, to the letter. `hidden` says of each line
    /// whether the page hides it at first.
    ///
    /// # Errors
    /// That tree-sitter gives up, for which there is no known cause: also of wrong Rust it makes a
    /// tree.
    pub fn html(&self, code: &str, hidden: &[bool]) -> Result<String> {
        let mut highlighter = Highlighter::new();
        let source = code.as_bytes();
        let events = highlighter
            .highlight(&self.configuration, source, None, None, |_| None)
            .context("can't highlight this code")?;
        let mut renderer = HtmlRenderer::new();
        renderer
            .render(events, source, &|highlight, html| {
                html.extend_from_slice(self.attributes[highlight.0].as_bytes());
            })
            .context("can't render this code")?;
        let mut html = String::new();
        for (index, line) in renderer.lines().enumerate() {
            if hidden.get(index).copied().unwrap_or(false) {
                html.push_str("<span class=\"boring\">");
                html.push_str(line);
                html.push_str("</span>");
            } else {
                html.push_str(line);
            }
        }
        // The renderer ends each piece with a line's end.
        if !code.ends_with('\n') {
            html.truncate(html.trim_end_matches('\n').len());
        }
        Ok(html)
    }
}

#[cfg(test)]
mod tests {
    use super::Rust;

    fn text(html: &str) -> String {
        let mut text = String::new();
        let mut in_tag = false;
        for character in html.chars() {
            match character {
                '<' => in_tag = true,
                '>' => in_tag = false,
                _ if !in_tag => text.push(character),
                _ => {}
            }
        }
        html_escape::decode_html_entities(&text).into_owned()
    }

    #[test]
    fn the_text_is_the_code() {
        let rust = Rust::new().expect("the grammar fits its query");
        for code in [
            "async fn ride() -> Option<&'static str> {\n    Some(\"a \\\" & <b>\")\n}\n",
            "fn main() {}\n\n\n",
            "let x = 1; // no line's end",
            "this is « not » Rust: <&>'\"\n",
            "/* a\n\n   b */\nfn main() {}\n",
            "\n",
            "",
        ] {
            let html = rust.html(code, &[]).expect("any text is a tree");
            assert_eq!(text(&html), code);
        }
    }

    #[test]
    fn words_have_the_classes_of_the_stylesheet() {
        let rust = Rust::new().expect("the grammar fits its query");
        let code = "#[tokio::main]\nasync fn main() {\n    wait(\"tea\").await; // hot\n}\n";
        let html = rust.html(code, &[]).expect("it is Rust");
        for piece in [
            "<span class=\"hljs-keyword\">async</span>",
            "<span class=\"hljs-keyword\">await</span>",
            "<span class=\"hljs-title\">wait</span>",
            "<span class=\"hljs-string\">&quot;tea&quot;</span>",
            "<span class=\"hljs-comment\">// hot</span>",
        ] {
            assert!(html.contains(piece), "{piece} in {html}");
        }
    }

    #[test]
    fn hidden_lines_are_marked() {
        let rust = Rust::new().expect("the grammar fits its query");
        let html = rust
            .html("fn main() {\n1;\n}\n", &[true, false, true])
            .expect("it is Rust");
        let marks = html.matches("<span class=\"boring\">").count();
        assert_eq!(marks, 2, "{html}");
        assert_eq!(text(&html), "fn main() {\n1;\n}\n");
    }
}
