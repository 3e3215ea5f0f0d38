//! A page of the site as XHTML, which is what an EPUB holds: the same elements, written as XML.

use std::collections::BTreeSet;

use anyhow::{Result, bail};
use html_escape::{encode_double_quoted_attribute, encode_text};
use scraper::node::Element;
use scraper::{ElementRef, Html, Node};

use super::Page;

const HTML: &str = "http://www.w3.org/1999/xhtml";
const SVG: &str = "http://www.w3.org/2000/svg";

/// Elements without content, which HTML does not close.
const VOID: [&str; 6] = ["br", "col", "hr", "img", "input", "wbr"];

/// What a book does without: what runs, and what stands in for it.
const LEFT_OUT: [&str; 6] = [
    "button", "iframe", "noscript", "script", "style", "template",
];

/// Lines that a page hides at first, and the diagrams of the dark theme.
const LEFT_OUT_CLASSES: [&str; 3] = ["boring", "buttons", "diagram-dark"];

/// The attributes that HTML elements keep. A `style` is the direction of the text in a cell.
const KEPT: [&str; 13] = [
    "alt", "class", "colspan", "dir", "height", "href", "id", "lang", "rowspan", "scope", "src",
    "start", "width",
];

/// A page as it goes into the EPUB.
pub(super) struct Content {
    /// What stands in its `<body>`.
    pub xml: String,
    /// The files that it shows, relative to the root of the site.
    pub images: BTreeSet<String>,
    /// Whether it has drawings in its text, which the EPUB's list of files has to say.
    pub has_svg: bool,
}

/// Writes the content of a page as XML. `is_page` knows the other pages, `first` is the first of them.
pub(super) fn convert(page: &Page, first: &str, is_page: &dyn Fn(&str) -> bool) -> Result<Content> {
    let mut writer = Writer {
        page,
        first,
        is_page,
        content: Content {
            xml: String::new(),
            images: BTreeSet::new(),
            has_svg: false,
        },
    };
    writer.children(Html::parse_fragment(&page.main).root_element(), HTML)?;
    Ok(writer.content)
}

struct Writer<'a> {
    page: &'a Page,
    first: &'a str,
    is_page: &'a dyn Fn(&str) -> bool,
    content: Content,
}

impl Writer<'_> {
    fn children(&mut self, element: ElementRef, namespace: &str) -> Result<()> {
        for child in element.children() {
            match child.value() {
                Node::Text(text) => self.text(text),
                Node::Element(_) => {
                    if let Some(child) = ElementRef::wrap(child) {
                        self.element(child, namespace)?;
                    }
                }
                _ => {} // comments
            }
        }
        Ok(())
    }

    fn element(&mut self, element: ElementRef, parent: &str) -> Result<()> {
        let value = element.value();
        let name = value.name();
        if LEFT_OUT.contains(&name) || value.classes().any(|it| LEFT_OUT_CLASSES.contains(&it)) {
            return Ok(());
        }
        let namespace = &*value.name.ns;
        // A heading links itself, for readers who copy its address.
        if name == "a" && value.classes().any(|it| it == "header") {
            return self.children(element, namespace);
        }
        self.content.xml.push_str(&format!("<{name}"));
        if namespace != parent {
            self.attribute("xmlns", namespace);
        }
        self.content.has_svg |= namespace == SVG;
        self.attributes(value)?;
        if name == "pre" && is_output(element) {
            self.attribute("class", "output");
        }
        if VOID.contains(&name) && namespace == HTML {
            self.content.xml.push_str("/>");
            return Ok(());
        }
        self.content.xml.push('>');
        self.children(element, namespace)?;
        self.content.xml.push_str(&format!("</{name}>"));
        Ok(())
    }

    fn attributes(&mut self, element: &Element) -> Result<()> {
        let is_svg = &*element.name.ns == SVG;
        for (name, value) in element.attrs() {
            let is_kept = match name {
                "xmlns" => false,
                "style" => is_svg || matches!(element.name(), "td" | "th"),
                _ => is_svg || KEPT.contains(&name),
            };
            if !is_kept {
                continue;
            }
            match (element.name(), name) {
                ("a", "href") => {
                    let target = self.link(value)?;
                    self.attribute(name, &target);
                }
                ("img", "src") => {
                    let file = self.image(value)?;
                    self.attribute(name, &file);
                }
                _ => self.attribute(name, value),
            }
        }
        Ok(())
    }

    fn attribute(&mut self, name: &str, value: &str) {
        let value = valid(value);
        let value = encode_double_quoted_attribute(&value);
        self.content.xml.push_str(&format!(" {name}=\"{value}\""));
    }

    fn text(&mut self, text: &str) {
        let text = valid(text);
        self.content.xml.push_str(&encode_text(&text));
    }

    /// The target of a link, as the page of the EPUB has it.
    fn link(&self, href: &str) -> Result<String> {
        if is_elsewhere(href) || href.starts_with('#') {
            return Ok(href.to_owned());
        }
        let (path, fragment) = match href.split_once('#') {
            Some((path, fragment)) => (path, format!("#{fragment}")),
            None => (href, String::new()),
        };
        let target = match resolve(&self.page.path, path) {
            Some(path) if path == "index.html" => self.first.to_owned(),
            Some(path) if (self.is_page)(&path) => path,
            _ => bail!(
                "{}: the link to `{href}` leads to no page of the book; mend: link a chapter, or \
                 the whole address of another site",
                self.page.path
            ),
        };
        let (root, file) = (self.page.root(), super::file_of(&target));
        Ok(format!("{root}{file}{fragment}"))
    }

    /// The file of a picture, as the page of the EPUB has it.
    fn image(&mut self, src: &str) -> Result<String> {
        let file = match resolve(&self.page.path, src) {
            Some(file) if !is_elsewhere(src) => file,
            _ => bail!(
                "{}: the picture `{src}` is not a file of the site; mend: put it beside the chapter",
                self.page.path
            ),
        };
        let src = format!("{}{file}", self.page.root());
        self.content.images.insert(file);
        Ok(src)
    }
}

/// Whether a block is what a program prints. Styles can't tell on all e-readers.
fn is_output(pre: ElementRef) -> bool {
    pre.value().attr("class").is_none()
        && pre
            .child_elements()
            .any(|it| it.value().classes().any(|class| class == "language-text"))
}

/// Whether a target is a whole address.
fn is_elsewhere(target: &str) -> bool {
    let scheme = target.split_once(':').map(|(scheme, _)| scheme);
    scheme.is_some_and(|it| !it.contains(['/', '#', '.'])) || target.starts_with("//")
}

/// A path as seen from a page, from the root of the site; none if it leads out of it.
fn resolve(page: &str, path: &str) -> Option<String> {
    let mut parts: Vec<_> = page.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The text without what XML can't hold: most control characters.
fn valid(text: &str) -> String {
    text.chars()
        .filter(|it| matches!(it, '\t' | '\n') || !it.is_control())
        .filter(|it| !matches!(it, '\u{fffe}' | '\u{ffff}'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Content, convert, resolve};
    use crate::epub::Page;

    fn converted(main: &str) -> anyhow::Result<Content> {
        let page = Page {
            path: "async/tasks.html".to_owned(),
            title: "Tasks".to_owned(),
            part: None,
            main: main.to_owned(),
        };
        convert(&page, "introduction.html", &|it| it == "glossary.html")
    }

    fn xml(main: &str) -> String {
        converted(main).expect("all its links lead somewhere").xml
    }

    #[test]
    fn html_becomes_xml() {
        assert_eq!(
            xml("<p>a &lt; b &amp; c<br>&nbsp;d<table><tr><td style='text-align: right'>1"),
            "<p>a &lt; b &amp; c<br/>\u{a0}d</p><table><tbody><tr>\
             <td style=\"text-align: right\">1</td></tr></tbody></table>"
        );
        assert_eq!(
            xml("<p class=\"a &quot;b\" onclick=\"x\" data-a=\"b\">\u{1b}</p>"),
            "<p class=\"a &quot;b\"></p>"
        );
    }

    #[test]
    fn what_runs_or_is_hidden_is_left_out() {
        let main = "<script>1 < 2</script><noscript><p>a</p></noscript><pre><code>\
            <span class=\"boring\">fn main() {\n</span>let <b>a</b>;\n\
            <span class=\"boring\">}\n</span></code></pre><!-- b -->";
        assert_eq!(xml(main), "<pre><code>let <b>a</b>;\n</code></pre>");
    }

    #[test]
    fn output_looks_other_than_code() {
        let main = "<pre><code class=\"language-text\">1</code></pre><pre><code>2</code></pre>";
        let expected = "<pre class=\"output\"><code class=\"language-text\">1</code></pre>\
            <pre><code>2</code></pre>";
        assert_eq!(xml(main), expected);
    }

    #[test]
    fn a_heading_keeps_its_id_and_does_not_link_itself() {
        let main = "<h2 id=\"a\"><a class=\"header\" href=\"#a\">A <code>b</code></a></h2>";
        assert_eq!(xml(main), "<h2 id=\"a\">A <code>b</code></h2>");
    }

    #[test]
    fn links_lead_to_the_pages_of_the_epub() {
        let link = |href| xml(&format!("<a href=\"{href}\">a</a>"));
        for (href, expected) in [
            ("../glossary.html#task", "../glossary.xhtml#task"),
            ("../index.html", "../introduction.xhtml"),
            ("#here", "#here"),
            ("https://tokio.rs/a.html", "https://tokio.rs/a.html"),
        ] {
            assert_eq!(link(href), format!("<a href=\"{expected}\">a</a>"));
        }
        let error = converted("<a href=\"gone.html\">a</a>").map(|it| it.xml);
        let error = error.expect_err("there is no such page").to_string();
        assert!(
            error.contains("async/tasks.html: the link to `gone.html`"),
            "{error}"
        );
        assert!(error.contains("mend:"), "{error}");
    }

    #[test]
    fn a_diagram_is_the_light_picture() {
        let main = "<figure class=\"diagram\" style=\"--a: b\" tabindex=\"0\" role=\"region\">\
            <img class=\"diagram-light\" src=\"../diagrams/1.light.svg\" alt=\"A\" loading=\"lazy\">\
            <img class=\"diagram-dark\" src=\"../diagrams/1.dark.svg\" alt=\"A\"></figure>";
        let content = converted(main).expect("its pictures are there");
        assert_eq!(
            content.xml,
            "<figure class=\"diagram\"><img alt=\"A\" class=\"diagram-light\" \
             src=\"../diagrams/1.light.svg\"/></figure>"
        );
        let images: Vec<_> = content.images.into_iter().collect();
        assert_eq!(images, ["diagrams/1.light.svg"]);
        assert!(!content.has_svg);
    }

    #[test]
    fn a_drawing_in_the_text_stays_one() {
        let main = "<p><svg viewbox=\"0 0 1 1\" role=\"img\"><path d=\"M0 0\" \
            stroke=\"currentColor\"/></svg></p>";
        let content = converted(main).expect("it has no links");
        assert!(content.has_svg);
        assert!(
            content
                .xml
                .starts_with("<p><svg xmlns=\"http://www.w3.org/2000/svg\" "),
            "{}",
            content.xml
        );
        for part in [
            "viewBox=\"0 0 1 1\"",
            "role=\"img\"",
            "stroke=\"currentColor\"></path>",
        ] {
            assert!(content.xml.contains(part), "{part} in {}", content.xml);
        }
    }

    #[test]
    fn paths_are_seen_from_their_page() {
        assert_eq!(resolve("a/b.html", "../c.html").as_deref(), Some("c.html"));
        assert_eq!(resolve("a/b.html", "c.html").as_deref(), Some("a/c.html"));
        assert_eq!(resolve("b.html", "../c.html"), None);
    }
}
