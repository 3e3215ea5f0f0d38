//! The diagrams of the site: pictures that `tools/browser/render.js` has drawn.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use html_escape::encode_double_quoted_attribute;
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// The folder of the drawings, at the root of the site.
pub const FOLDER: &str = "diagrams";

/// The list of the drawings, in their folder.
pub const LIST: &str = "diagrams.json";

/// What a phone that is 320 CSS pixels wide leaves for a diagram.
const NARROWEST: f64 = 280.0;

/// How far a drawing shrinks with its column, as theme/book.css has it; from there on it scrolls.
const SMALLEST: f64 = 0.75;

/// A diagram that is drawn.
#[derive(Clone, Debug, Deserialize)]
pub struct Diagram {
    /// The beginning of the SHA-256 of its source, and of the names of its files.
    pub hash: String,
    /// What its source says after `accTitle:`.
    pub title: String,
    /// What its source says after `accDescr:`.
    pub description: String,
    /// Its width, in CSS pixels.
    pub width: u32,
    /// Its height, in CSS pixels.
    pub height: u32,
}

/// The diagrams that are drawn.
#[derive(Debug, Default)]
pub struct Diagrams {
    by_hash: HashMap<String, Diagram>,
}

impl Diagrams {
    /// Reads the list that `render.js diagrams` has written into the folder of the drawings.
    ///
    /// # Errors
    /// That there is none, or that it is not such a list.
    pub fn read(folder: &Path) -> Result<Diagrams> {
        let path = folder.join(LIST);
        let list = fs::read_to_string(&path).with_context(|| {
            format!(
                "can't read `{}`; mend: `node tools/browser/render.js diagrams BOOK OUT` writes it",
                path.display()
            )
        })?;
        Diagrams::parse(&list).with_context(|| {
            format!(
                "`{}` is no list of diagrams; mend: remove its folder, and build the site anew",
                path.display()
            )
        })
    }

    /// Takes the list from its JSON.
    ///
    /// # Errors
    /// That it is not such a list.
    pub fn parse(list: &str) -> Result<Diagrams> {
        let list: Vec<Diagram> = serde_json::from_str(list)?;
        let by_hash = list.into_iter().map(|it| (it.hash.clone(), it)).collect();
        Ok(Diagrams { by_hash })
    }

    /// The diagram that is made from this source (the text of a `pre.mermaid`), if it is drawn.
    pub fn get(&self, source: &str) -> Option<&Diagram> {
        self.by_hash.get(&hash(source))
    }

    /// The HTML that shows the diagram of this source, on a page from which `root` (`../`) leads to the
    /// root of the site; none if it is not drawn.
    ///
    /// It has a picture for each theme, and styles hide one of them, which the browser then does not
    /// load. The sizes keep its place free meanwhile.
    pub fn figure(&self, source: &str, root: &str) -> Option<String> {
        Some(self.get(source)?.figure(root))
    }
}

impl Diagram {
    fn figure(&self, root: &str) -> String {
        let Diagram {
            hash,
            title,
            description,
            width,
            height,
        } = self;
        let quoted = |text: &str| encode_double_quoted_attribute(text).into_owned();
        let text = quoted(&format!("{title}. {description}"));
        let picture = |palette: &str| {
            format!(
                "<img class=\"diagram-{palette}\" src=\"{root}{FOLDER}/{hash}.{palette}.svg\" \
                 alt=\"{text}\" width=\"{width}\" height=\"{height}\" loading=\"lazy\" \
                 decoding=\"async\">"
            )
        };
        // What may scroll must be reachable by keyboard, and then it needs a name.
        let region = if f64::from(*width) * SMALLEST > NARROWEST {
            format!(
                " tabindex=\"0\" role=\"region\" aria-label=\"{}\"",
                quoted(title)
            )
        } else {
            String::new()
        };
        format!(
            "<figure class=\"diagram\" style=\"--diagram-width: {width}px\"{region}>{}{}</figure>",
            picture("light"),
            picture("dark")
        )
    }
}

/// What a diagram is called: the first 16 hex digits of the SHA-256 of its source, without the space
/// around it. The files of its drawings begin with that.
pub fn hash(source: &str) -> String {
    // A browser reads all line ends as `\n`, and it is a browser that draws.
    let source = source.replace("\r\n", "\n");
    Sha256::digest(source.trim())
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Diagrams, hash};

    const SOURCE: &str = "\nflowchart TD\n    a --> b\n";

    fn diagrams(width: u32) -> Diagrams {
        let list = format!(
            r#"[{{"hash": "{}", "title": "A \"deadlock\"", "description": "a < b & b < a.",
                "width": {width}, "height": 210}}]"#,
            hash(SOURCE)
        );
        Diagrams::parse(&list).expect("it is such a list")
    }

    #[test]
    fn a_diagram_is_called_by_its_source() {
        // printf 'flowchart TD\n    a --> b' | sha256sum
        assert_eq!(hash(SOURCE), "b3c7fdc1b889b5c4");
        assert_eq!(hash(&SOURCE.replace('\n', "\r\n")), hash(SOURCE));
        assert_ne!(hash("flowchart TD\n    b --> a"), hash(SOURCE));
    }

    #[test]
    fn a_diagram_has_a_picture_for_each_theme() {
        let html = diagrams(185).figure(SOURCE, "../").expect("it is drawn");
        let hash = hash(SOURCE);
        assert_eq!(
            html,
            [
                "<figure class=\"diagram\" style=\"--diagram-width: 185px\">".to_owned(),
                format!(
                    "<img class=\"diagram-light\" src=\"../diagrams/{hash}.light.svg\" \
                     alt=\"A &quot;deadlock&quot;. a &lt; b &amp; b &lt; a.\" width=\"185\" \
                     height=\"210\" loading=\"lazy\" decoding=\"async\">"
                ),
                format!(
                    "<img class=\"diagram-dark\" src=\"../diagrams/{hash}.dark.svg\" \
                     alt=\"A &quot;deadlock&quot;. a &lt; b &amp; b &lt; a.\" width=\"185\" \
                     height=\"210\" loading=\"lazy\" decoding=\"async\">"
                ),
                "</figure>".to_owned(),
            ]
            .concat()
        );
    }

    #[test]
    fn a_diagram_that_may_scroll_is_reachable_by_keyboard() {
        let region = "tabindex=\"0\" role=\"region\" aria-label=\"A &quot;deadlock&quot;\"";
        let html = |width| diagrams(width).figure(SOURCE, "").expect("it is drawn");
        assert!(html(374).contains(region), "{}", html(374));
        assert!(!html(373).contains("tabindex"), "{}", html(373));
    }

    #[test]
    fn a_diagram_that_is_not_drawn_has_no_figure() {
        assert!(diagrams(185).figure("pie", "").is_none());
    }
}
