//! One page of the book, rewritten for the site.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use html_escape::{decode_html_entities, encode_double_quoted_attribute, encode_text};
use lol_html::html_content::ContentType;
use lol_html::{RewriteStrSettings, element, rewrite_str, text};
use sha2::{Digest, Sha256};

use crate::highlight::Rust;

/// Letters of a description, at most: about what a search engine or a preview shows.
const DESCRIPTION: usize = 160;

/// The one other host that a page may ask, and does when the reader presses Run.
const PLAYGROUND: &str = "https://play.rust-lang.org";

/// The folder of the social cards, at the root of the site.
pub const CARDS: &str = "cards";

/// What is the same for all pages.
pub struct Site<'a> {
    /// The address that the site is published at, with `/` at its end, if it is known.
    pub url: Option<&'a str>,
    /// The address of the repository, without `/` at its end, if it is known.
    pub repository: Option<&'a str>,
    /// The name of the one stylesheet, at the root of the site.
    pub stylesheet: &'a str,
    /// The files to download: the name of the link, and the file at the root of the site.
    pub downloads: &'a [(&'a str, &'a str)],
    /// The drawing of a diagram as HTML, made of its source; nothing if there is none.
    pub drawing: &'a dyn Fn(&str) -> Option<String>,
}

/// A page as it is written.
pub struct Page {
    /// Its HTML.
    pub html: String,
    /// The files that it names, relative to the root of the book.
    pub files: BTreeSet<String>,
}

/// What a page says, read before it is rewritten.
#[derive(Default)]
struct Content {
    heading: String,
    description: String,
    scripts: Vec<String>,
    programs: Vec<Program>,
    names: Vec<String>,
    column_titles: Vec<String>,
    diagrams: Vec<String>,
    has_terms: bool,
}

/// The text of a block of Rust, and which of its bytes the page hides at first.
#[derive(Default)]
struct Program {
    text: String,
    hidden: Vec<std::ops::Range<usize>>,
}

/// Rewrites the page at `path` (as `async/tasks.html`).
///
/// # Errors
/// That a part is missing which each page has, as when the frame, `theme/index.hbs`, has changed; or
/// that a diagram has no drawing.
pub fn rewrite(html: &str, path: &str, site: &Site, rust: &Rust) -> Result<Page> {
    let content = read(html).with_context(|| format!("{path} can't be read"))?;
    let head = head(&content, path, site).with_context(|| path.to_owned())?;
    let mut programs = Vec::new();
    for program in &content.programs {
        programs.push(program.html(rust).with_context(|| path.to_owned())?);
    }
    let mut drawings = Vec::new();
    for source in &content.diagrams {
        let Some(drawing) = (site.drawing)(source) else {
            bail!("{path}: there is no drawing of the diagram that says\n{source}");
        };
        drawings.push(drawing);
    }
    let (programs, drawings) = (programs.iter(), drawings.iter());
    let (programs, drawings) = (RefCell::new(programs), RefCell::new(drawings));
    let mut names = content.names.iter();
    let mut column_titles = content.column_titles.iter();
    let has_corner = Cell::new(false);
    let mut files = BTreeSet::new();
    let root = "../".repeat(path.matches('/').count());
    // A page names files relative to itself, or its 404 page, which any address may show, to a base.
    let mut name = |file: &str| {
        if !file.contains(':') && !file.is_empty() {
            files.insert(file.strip_prefix(&*root).unwrap_or(file).to_owned());
        }
    };
    let name = RefCell::new(&mut name);
    let heads = Cell::new(0);
    let about = Cell::new(0);

    let html = rewrite_str(
        html,
        RewriteStrSettings::new()
            .append_element_content_handler(element!("head > link[rel=stylesheet]", |it| {
                it.remove();
                Ok(())
            }))
            .append_element_content_handler(element!("head > meta[name=description]", |it| {
                heads.set(heads.get() + 1);
                it.replace(&head, ContentType::Html);
                Ok(())
            }))
            .append_element_content_handler(element!("link[rel~=icon]", |it| {
                name.borrow_mut()(&it.get_attribute("href").unwrap_or_default());
                Ok(())
            }))
            .append_element_content_handler(element!("script[src]", |it| {
                let source = it.get_attribute("src").unwrap_or_default();
                // Highlighting and drawing are done.
                let is_left_out = source.contains("highlight-")
                    || source.contains("theme/diagrams-")
                    || source.contains("theme/terms-") && !content.has_terms;
                if is_left_out {
                    it.remove();
                    return Ok(());
                }
                name.borrow_mut()(&source);
                for list in ["data-search", "data-search-index"] {
                    let list = it.get_attribute(list).unwrap_or_default();
                    list.split_whitespace()
                        .for_each(|file| name.borrow_mut()(file));
                }
                Ok(())
            }))
            .append_element_content_handler(element!("img[src]", |it| {
                name.borrow_mut()(&it.get_attribute("src").unwrap_or_default());
                Ok(())
            }))
            .append_element_content_handler(element!("pre > code.language-rust", |it| {
                if let Some(html) = programs.borrow_mut().next() {
                    it.set_inner_content(html, ContentType::Html);
                }
                Ok(())
            }))
            .append_element_content_handler(element!("pre.mermaid", |it| {
                if let Some(html) = drawings.borrow_mut().next() {
                    it.replace(html, ContentType::Html);
                }
                Ok(())
            }))
            // The description of a diagram, which is the text of the figure's pictures now.
            .append_element_content_handler(element!("main noscript", |it| {
                it.remove();
                Ok(())
            }))
            .append_element_content_handler(element!("main p > code", |it| {
                let name = names.next().map_or("", String::as_str);
                if let Some(repository) = site.repository
                    && is_source(name)
                {
                    let href = format!("{repository}/blob/main/{name}");
                    let href = encode_double_quoted_attribute(&href);
                    it.before(&format!("<a href=\"{href}\">"), ContentType::Html);
                    it.after("</a>", ContentType::Html);
                }
                Ok(())
            }))
            // A table without a title above its first column has the titles of its rows there.
            .append_element_content_handler(element!("main thead th", |it| {
                if column_titles.next().is_some_and(|it| it.trim().is_empty()) {
                    has_corner.set(true);
                    it.set_tag_name("td")?;
                }
                Ok(())
            }))
            .append_element_content_handler(element!("main table", |_it| {
                has_corner.set(false);
                Ok(())
            }))
            .append_element_content_handler(element!("main tbody td:first-child", |it| {
                if has_corner.get() {
                    it.set_tag_name("th")?;
                    it.set_attribute("scope", "row")?;
                }
                Ok(())
            }))
            // Whatever address shows the 404 page, these would lead to the first page.
            .append_element_content_handler(element!("main a.header", |it| {
                if path == "404.html" {
                    it.remove_attribute("href");
                }
                Ok(())
            }))
            .append_element_content_handler(element!(".about-page", |it| {
                about.set(about.get() + 1);
                for (text, file) in site.downloads {
                    let text = encode_text(text);
                    let link = format!("<a href=\"{root}{file}\">{text}</a>\n");
                    it.append(&link, ContentType::Html);
                }
                Ok(())
            })),
    )?;
    let parts = [
        ("<meta name=\"description\">", heads.get()),
        ("`.about-page`", about.get()),
    ];
    for (part, count) in parts {
        if count != 1 {
            bail!(
                "{path} has {count} times {part}, not once; mend: theme/index.hbs, or \
                 tools/site/src/page.rs, which rewrites it"
            );
        }
    }
    Ok(Page { html, files })
}

/// A `<link rel="stylesheet">`.
pub struct Stylesheet {
    /// The file, as the page names it.
    pub href: String,
    /// The media that it is for; without it, all.
    pub media: Option<String>,
}

/// The stylesheets that a page names, in their order.
///
/// # Errors
/// That the page is not HTML.
pub fn stylesheets(html: &str) -> Result<Vec<Stylesheet>> {
    let mut found = Vec::new();
    rewrite_str(
        html,
        RewriteStrSettings::new().append_element_content_handler(element!(
            "head > link[rel=stylesheet]",
            |it| {
                found.push(Stylesheet {
                    href: it.get_attribute("href").unwrap_or_default(),
                    media: it.get_attribute("media"),
                });
                Ok(())
            }
        )),
    )?;
    Ok(found)
}

/// Rewrites a page of another frame (`toc.html`), for its stylesheet.
///
/// # Errors
/// That the page is not HTML.
pub fn with_stylesheet(html: &str, stylesheet: &str) -> Result<String> {
    let link = format!("<link rel=\"stylesheet\" href=\"{stylesheet}\">");
    let html = rewrite_str(
        html,
        RewriteStrSettings::new()
            .append_element_content_handler(element!("head > link[rel=stylesheet]", |it| {
                it.remove();
                Ok(())
            }))
            .append_element_content_handler(element!("head", |it| {
                it.append(&link, ContentType::Html);
                Ok(())
            })),
    )?;
    Ok(html)
}

/// Whether a name in the text is that of a program or a counter-example, as above each of them.
fn is_source(name: &str) -> bool {
    name.starts_with("examples/") && name.ends_with(".rs")
}

impl Program {
    fn html(&self, rust: &Rust) -> Result<String> {
        let mut start = 0;
        let hidden: Vec<_> = self
            .text
            .split_inclusive('\n')
            .map(|line| {
                let at = start;
                start += line.len();
                self.hidden.iter().any(|range| range.contains(&at))
            })
            .collect();
        rust.html(&self.text, &hidden)
    }
}

/// Reads what is rewritten, and what the head of the page says about it.
fn read(html: &str) -> Result<Content> {
    let content = RefCell::new(Content::default());
    let is_hidden = Cell::new(false);
    let paragraphs = Cell::new(0);
    let append = |text: &mut String, chunk: &str| text.push_str(chunk);
    rewrite_str(
        html,
        RewriteStrSettings::new()
            .append_element_content_handler(text!("main h1", |it| {
                append(&mut content.borrow_mut().heading, it.as_str());
                Ok(())
            }))
            .append_element_content_handler(element!("main > p", |_it| {
                paragraphs.set(paragraphs.get() + 1);
                Ok(())
            }))
            .append_element_content_handler(text!("main > p", |it| {
                if paragraphs.get() == 1 {
                    append(&mut content.borrow_mut().description, it.as_str());
                }
                Ok(())
            }))
            .append_element_content_handler(element!("script", |it| {
                let kind = it.get_attribute("type").unwrap_or_default();
                let mut content = content.borrow_mut();
                content.has_terms |= it.get_attribute("id").as_deref() == Some("definitions");
                if it.get_attribute("src").is_none() && kind.is_empty() {
                    content.scripts.push(String::new());
                }
                Ok(())
            }))
            .append_element_content_handler(text!("script:not([src]):not([type])", |it| {
                if let Some(script) = content.borrow_mut().scripts.last_mut() {
                    append(script, it.as_str());
                }
                Ok(())
            }))
            .append_element_content_handler(element!("pre.mermaid", |_it| {
                content.borrow_mut().diagrams.push(String::new());
                Ok(())
            }))
            .append_element_content_handler(text!("pre.mermaid", |it| {
                if let Some(source) = content.borrow_mut().diagrams.last_mut() {
                    append(source, it.as_str());
                }
                Ok(())
            }))
            .append_element_content_handler(element!("main p > code", |_it| {
                content.borrow_mut().names.push(String::new());
                Ok(())
            }))
            .append_element_content_handler(text!("main p > code", |it| {
                if let Some(name) = content.borrow_mut().names.last_mut() {
                    append(name, it.as_str());
                }
                Ok(())
            }))
            .append_element_content_handler(element!("main thead th", |_it| {
                content.borrow_mut().column_titles.push(String::new());
                Ok(())
            }))
            .append_element_content_handler(text!("main thead th", |it| {
                if let Some(title) = content.borrow_mut().column_titles.last_mut() {
                    append(title, it.as_str());
                }
                Ok(())
            }))
            .append_element_content_handler(element!("pre > code.language-rust", |_it| {
                content.borrow_mut().programs.push(Program::default());
                Ok(())
            }))
            // Comes before the next one for the same text.
            .append_element_content_handler(text!("pre > code.language-rust > .boring", |_it| {
                is_hidden.set(true);
                Ok(())
            }))
            .append_element_content_handler(text!("pre > code.language-rust", |it| {
                if let Some(program) = content.borrow_mut().programs.last_mut() {
                    let start = program.text.len();
                    program.text.push_str(it.as_str());
                    if is_hidden.take() {
                        program.hidden.push(start..program.text.len());
                    }
                }
                Ok(())
            })),
    )?;
    let mut content = content.into_inner();
    for text in content.diagrams.iter_mut().chain(&mut content.names) {
        *text = decode_html_entities(text).into_owned();
    }
    for program in &mut content.programs {
        program.decode();
    }
    let one_line = |text: &str| {
        let text = decode_html_entities(text);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    content.heading = one_line(&content.heading);
    content.description = shorten(&one_line(&content.description));
    Ok(content)
}

impl Program {
    /// Replaces the entities in the text. No entity stands across a border of what is hidden.
    fn decode(&mut self) {
        let mut decoded = Program::default();
        let mut borders: Vec<_> = self
            .hidden
            .iter()
            .flat_map(|it| [it.start, it.end])
            .collect();
        borders.extend([0, self.text.len()]);
        borders.sort_unstable();
        borders.dedup();
        for pair in borders.windows(2) {
            let start = decoded.text.len();
            let piece = &self.text[pair[0]..pair[1]];
            decoded.text.push_str(&decode_html_entities(piece));
            if self.hidden.iter().any(|it| it.contains(&pair[0])) {
                decoded.hidden.push(start..decoded.text.len());
            }
        }
        *self = decoded;
    }
}

/// The first sentences of a text, as many as fit, or the words of the first.
fn shorten(text: &str) -> String {
    if text.chars().count() <= DESCRIPTION {
        return text.to_owned();
    }
    let cut: String = text.chars().take(DESCRIPTION).collect();
    if let Some(end) = cut.rfind(". ") {
        return cut[..=end].to_owned();
    }
    let words = cut.rfind(' ').map_or(&*cut, |end| &cut[..end]);
    format!("{}…", words.trim_end_matches([',', ';', ':', ' ']))
}

/// The part of a page's head that mdBook does not write.
fn head(content: &Content, path: &str, site: &Site) -> Result<String> {
    use std::fmt::Write as _;

    if content.heading.is_empty() {
        bail!("the page has no heading; mend: begin it with `# Title`");
    }
    let quoted = |text: &str| encode_double_quoted_attribute(text).into_owned();
    let root = "../".repeat(path.matches('/').count());
    let mut head = String::new();
    let mut line = |text: String| {
        let _ = writeln!(head, "{text}"); // a String takes all that is written to it
    };
    line(format!(
        "<meta http-equiv=\"content-security-policy\" content=\"{}\">",
        quoted(&policy(&content.scripts))
    ));
    let description = quoted(&content.description);
    line(format!(
        "<meta name=\"description\" content=\"{description}\">"
    ));
    line(format!(
        "<meta property=\"og:title\" content=\"{}\">",
        quoted(&content.heading)
    ));
    line(format!(
        "<meta property=\"og:description\" content=\"{description}\">"
    ));
    line("<meta property=\"og:type\" content=\"article\">".to_owned());
    if let Some(url) = site.url
        && path != "404.html"
    {
        let page = quoted(&format!("{url}{}", address(path)));
        let card = quoted(&format!("{url}{CARDS}/{}", card(path)));
        line(format!("<link rel=\"canonical\" href=\"{page}\">"));
        line(format!("<meta property=\"og:url\" content=\"{page}\">"));
        line(format!("<meta property=\"og:image\" content=\"{card}\">"));
        line("<meta property=\"og:image:width\" content=\"1200\">".to_owned());
        line("<meta property=\"og:image:height\" content=\"630\">".to_owned());
        line("<meta name=\"twitter:card\" content=\"summary_large_image\">".to_owned());
    }
    line(format!(
        "<link rel=\"stylesheet\" href=\"{root}{}\">",
        site.stylesheet
    ));
    Ok(head)
}

/// The address of a page, relative to that of the site. The first page of the book is also
/// `index.html`, which stands for the folder.
pub fn address(path: &str) -> &str {
    if matches!(path, "index.html" | "introduction.html") {
        ""
    } else {
        path
    }
}

/// The name of a page's social card.
pub fn card(path: &str) -> String {
    let path = if path == "index.html" {
        "introduction.html"
    } else {
        path
    };
    format!("{}.png", path.trim_end_matches(".html").replace('/', "-"))
}

/// The policy that the browser holds the page to. A `<meta>` can't say `frame-ancestors`, which a
/// static host would have to send. Styles may stand in the page, as the scripts and the drawings set
/// them.
fn policy(scripts: &[String]) -> String {
    let hashes: BTreeSet<_> = scripts
        .iter()
        .map(|script| format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(script))))
        .collect();
    let hashes = hashes.into_iter().collect::<String>();
    format!(
        "default-src 'self'; script-src 'self'{hashes}; style-src 'self' 'unsafe-inline'; \
         img-src 'self' data:; connect-src 'self' {PLAYGROUND}; object-src 'none'; \
         base-uri 'self'; form-action 'self'"
    )
}

#[cfg(test)]
mod tests {
    use super::{Page, Site, address, card, rewrite, shorten};
    use crate::highlight::Rust;

    const FRAME: &str = "<!DOCTYPE html><html><head><title>Tasks</title>\
        <meta name=\"description\" content=\"the book's\">\
        <script>let a = 1 < 2;</script><link rel=\"stylesheet\" href=\"../css/a.css\">\
        <script src=\"../highlight-1.js\"></script><script src=\"../theme/diagrams-1.js\"></script>\
        <script src=\"../theme/terms-1.js\"></script>\
        <script src=\"../book-1.js\" data-search=\"mark.js searcher.js\"></script>\
        </head><body><main>@</main><p class=\"about-page\"></p></body></html>";

    fn page(main: &str, change: impl FnOnce(&mut Site)) -> anyhow::Result<Page> {
        let drawing = |source: &str| {
            source
                .starts_with("graph")
                .then(|| "<figure></figure>".into())
        };
        let mut site = Site {
            url: None,
            repository: None,
            stylesheet: "site-1.css",
            downloads: &[("PDF", "book.pdf")],
            drawing: &drawing,
        };
        change(&mut site);
        let rust = Rust::new().expect("the grammar fits its query");
        rewrite(&FRAME.replace('@', main), "async/tasks.html", &site, &rust)
    }

    #[test]
    fn a_page_has_one_stylesheet_and_the_scripts_that_it_needs() {
        let page = page("<h1>Tasks</h1>", |_| {}).expect("it is a page");
        assert_eq!(
            page.html.matches("rel=\"stylesheet\"").count(),
            1,
            "{}",
            page.html
        );
        assert!(
            page.html.contains("href=\"../site-1.css\""),
            "{}",
            page.html
        );
        for gone in ["highlight-1.js", "diagrams-1.js", "terms-1.js"] {
            assert!(!page.html.contains(gone), "{gone}");
        }
        let files: Vec<_> = page.files.iter().map(String::as_str).collect();
        assert_eq!(files, ["book-1.js", "mark.js", "searcher.js"]);
        assert!(
            page.html.contains("<a href=\"../book.pdf\">PDF</a>"),
            "{}",
            page.html
        );
    }

    #[test]
    fn the_policy_allows_the_scripts_of_the_page_and_no_other() {
        let page = page("<h1>Tasks</h1>", |_| {}).expect("it is a page");
        // printf 'let a = 1 < 2;' | openssl dgst -sha256 -binary | base64
        let hash = "'sha256-Xd/xFl+DmsVqHczJvGQWMh7nLH7H7r5iGmQKRm0JimU='";
        let policy = page
            .html
            .split("script-src")
            .nth(1)
            .and_then(|it| it.split(';').next());
        assert_eq!(policy, Some(&*format!(" 'self' {hash}")));
    }

    #[test]
    fn a_page_with_terms_keeps_their_script() {
        let main = "<h1>Tasks</h1><script type=\"text/html\" id=\"definitions\"><p>1</p></script>";
        let page = page(main, |_| {}).expect("it is a page");
        assert!(page.html.contains("terms-1.js"), "{}", page.html);
        assert_eq!(page.html.matches("sha256-").count(), 1, "data is no script");
    }

    #[test]
    fn code_is_highlighted_and_stays_what_it_is() {
        let main = "<h1>Tasks</h1><pre><code class=\"language-rust\">\
            <span class=\"boring\">fn main() {\n</span>let a = \"&lt;&amp;\";\n\
            <span class=\"boring\">}\n</span></code></pre>";
        let page = page(main, |_| {}).expect("it is a page");
        assert_eq!(
            page.html.matches("<span class=\"boring\">").count(),
            2,
            "{}",
            page.html
        );
        assert!(
            page.html
                .contains("<span class=\"hljs-string\">&quot;&lt;&amp;&quot;</span>"),
            "{}",
            page.html
        );
    }

    #[test]
    fn a_file_above_a_program_leads_to_its_source() {
        let main = "<h1>Tasks</h1><p><code>examples/tasks/src/bin/a.rs</code>, run with \
            <code>cargo run</code>:</p>";
        let known = page(main, |site| site.repository = Some("https://host/book"));
        let known = known.expect("it is a page").html;
        let link = "<a href=\"https://host/book/blob/main/examples/tasks/src/bin/a.rs\"><code>\
            examples/tasks/src/bin/a.rs</code></a>, run with <code>cargo run</code>";
        assert!(known.contains(link), "{known}");
        let unknown = page(main, |_| {}).expect("it is a page").html;
        assert!(!unknown.contains("blob"), "{unknown}");
    }

    #[test]
    fn a_table_with_an_empty_corner_has_titles_of_rows() {
        let table = |corner: &str| {
            format!(
                "<table><thead><tr><th>{corner}</th><th>A</th></tr></thead><tbody>\
                 <tr><td>b</td><td>1</td></tr></tbody></table>"
            )
        };
        let main = format!("<h1>T</h1>{}{}", table(""), table("X"));
        let page = page(&main, |_| {}).expect("it is a page");
        let first = "<tr><td></td><th>A</th></tr></thead><tbody>\
             <tr><th scope=\"row\">b</th><td>1</td></tr>";
        assert!(page.html.contains(first), "{}", page.html);
        assert!(page.html.contains(&table("X")), "{}", page.html);
    }

    #[test]
    fn a_page_says_what_it_is_about_and_where_it_is() {
        let main = "<h1><a href=\"#t\">Tasks &amp; <code>spawn</code></a></h1>\
            <p>You can\nrun \"work\".</p><p>No.</p>";
        let page = page(main, |site| site.url = Some("https://host/book/")).expect("it is a page");
        for part in [
            "<meta name=\"description\" content=\"You can run &quot;work&quot;.\">",
            "<meta property=\"og:title\" content=\"Tasks &amp; spawn\">",
            "<link rel=\"canonical\" href=\"https://host/book/async/tasks.html\">",
            "content=\"https://host/book/cards/async-tasks.png\"",
        ] {
            assert!(page.html.contains(part), "{part} in {}", page.html);
        }
        assert!(!page.html.contains("the book's"), "{}", page.html);
    }

    #[test]
    fn a_diagram_without_drawing_is_an_error() {
        let draw = |source: &str| {
            let description = "<noscript><p class=\"diagram-description\">a</p></noscript>";
            let diagram = format!("<pre class=\"mermaid\">{source}</pre>{description}");
            page(&format!("<h1>T</h1>{diagram}"), |_| {})
        };
        let drawn = draw("graph LR").expect("there is a drawing");
        assert!(
            drawn.html.contains("<h1>T</h1><figure></figure></main>"),
            "{}",
            drawn.html
        );
        let error = draw("pie")
            .map(|it| it.html)
            .expect_err("there is no drawing");
        assert!(error.to_string().contains("async/tasks.html"), "{error}");
        assert!(error.to_string().contains("pie"), "{error}");
    }

    #[test]
    fn another_frame_is_an_error() {
        let rust = Rust::new().expect("the grammar fits its query");
        let site = Site {
            url: None,
            repository: None,
            stylesheet: "site-1.css",
            downloads: &[],
            drawing: &|_| None,
        };
        let other = FRAME.replace("about-page", "about");
        let error = rewrite(&other.replace('@', "<h1>A</h1>"), "a.html", &site, &rust);
        let error = error.map(|it| it.html).expect_err("the frame has changed");
        assert!(error.to_string().contains("theme/index.hbs"), "{error}");
        let error = rewrite(&FRAME.replace('@', ""), "a.html", &site, &rust);
        let error = format!(
            "{:#}",
            error.map(|it| it.html).expect_err("there is no heading")
        );
        assert!(error.contains("a.html: the page has no heading"), "{error}");
    }

    #[test]
    fn descriptions_end_with_a_sentence_or_a_word() {
        assert_eq!(shorten("Short."), "Short.");
        let long = format!("You can. {}", "word ".repeat(60));
        assert_eq!(shorten(&long), "You can.");
        let endless = "word, ".repeat(60);
        let short = shorten(&endless);
        assert!(
            short.ends_with("word…") && short.chars().count() <= 160,
            "{short}"
        );
    }

    #[test]
    fn the_first_page_is_the_folder() {
        assert_eq!(address("index.html"), "");
        assert_eq!(address("async/tasks.html"), "async/tasks.html");
        assert_eq!(card("async/tasks.html"), "async-tasks.png");
        assert_eq!(card("index.html"), card("introduction.html"));
    }
}
