//! The book as one EPUB 3, for e-readers: the pages of the site, without what runs in a browser.
//!
//! [`pages`] takes the pages from the site, in the order of `SUMMARY.md`, and [`make`] makes the EPUB of
//! them: an archive that holds each page as [XHTML](xhtml), the pictures that the pages show, and what
//! an e-reader needs to know of them. The same pages give the same bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use html_escape::{encode_double_quoted_attribute, encode_text};
use jiff::Timestamp;
use mdbook_summary::{SummaryItem, parse_summary};
use scraper::{Html, Selector};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

mod xhtml;

/// What this book is called by catalogs, in all its editions.
pub const IDENTIFIER: &str = "urn:uuid:acf4f15d-6b9b-4f8d-a0b7-1c2ab22ed83b";

/// The variable that tells reproducible builds their time, in seconds since 1970.
const EPOCH: &str = "SOURCE_DATE_EPOCH";

/// The folder of everything but the two files that say what and where the book is.
const FOLDER: &str = "EPUB";

/// What licenses allow, as README.md says it.
const RIGHTS: &str = "The text is licensed under CC BY 4.0, the code under MIT or Apache-2.0.";

/// A page of the book.
#[derive(Clone, Debug)]
pub struct Page {
    /// Where it is on the site: `async/tasks.html`.
    pub path: String,
    /// What the table of contents calls it.
    pub title: String,
    /// The part of the book that it is in, if it is in one.
    pub part: Option<String>,
    /// The HTML in its `<main>`.
    pub main: String,
}

impl Page {
    /// The way from the page to the root of the site: `../`.
    fn root(&self) -> String {
        "../".repeat(self.path.matches('/').count())
    }
}

/// What an EPUB is made of.
#[derive(Clone, Copy, Debug)]
pub struct Book<'a> {
    /// What it is called.
    pub title: &'a str,
    /// What it is about, in a sentence or two.
    pub description: &'a str,
    /// Its language: `en`.
    pub language: &'a str,
    /// When it was changed: see [`modified`].
    pub modified: Timestamp,
    /// Its stylesheet, `theme/epub.css`.
    pub styles: &'a str,
    /// The picture that a library shows, a PNG.
    pub cover: Option<&'a [u8]>,
    /// The folder of the files that the pages show: the site.
    pub files: &'a Path,
    /// Its pages, in their order.
    pub pages: &'a [Page],
}

/// The pages that `SUMMARY.md` lists, with what `site` shows on them.
///
/// # Errors
/// That the list or a page can't be read, or that a page has no `<main>`.
pub fn pages(summary: &Path, site: &Path) -> Result<Vec<Page>> {
    let list = super::read(summary)?;
    let list = parse_summary(&list).with_context(|| summary.display().to_string())?;
    let mut pages = Vec::new();
    for items in [
        &list.prefix_chapters,
        &list.numbered_chapters,
        &list.suffix_chapters,
    ] {
        collect(items, &mut None, site, &mut pages)?;
    }
    Ok(pages)
}

fn collect(
    items: &[SummaryItem],
    part: &mut Option<String>,
    site: &Path,
    pages: &mut Vec<Page>,
) -> Result<()> {
    for item in items {
        match item {
            SummaryItem::PartTitle(title) => *part = Some(title.clone()),
            SummaryItem::Separator => *part = None,
            SummaryItem::Link(link) => {
                if let Some(file) = &link.location {
                    let file = file.with_extension("html");
                    let html = super::read(&site.join(&file))?;
                    let path = file.to_string_lossy().replace('\\', "/");
                    let main = main(&html)
                        .with_context(|| format!("{path} has no <main>; mend: theme/index.hbs"))?;
                    pages.push(Page {
                        path,
                        title: link.name.clone(),
                        part: part.clone(),
                        main,
                    });
                }
                collect(&link.nested_items, part, site, pages)?;
            }
            _ => {} // mdBook may learn of others
        }
    }
    Ok(())
}

/// The HTML in the `<main>` of a page.
fn main(html: &str) -> Option<String> {
    let main = Selector::parse("main").ok()?;
    let page = Html::parse_document(html);
    Some(page.select(&main).next()?.inner_html())
}

/// The time of the book: that of the variable `SOURCE_DATE_EPOCH`, or of the last commit, or the
/// present one, for a copy that is no checkout.
///
/// # Errors
/// That the variable is no time, or that there is no git to ask.
pub fn modified(root: &Path) -> Result<Timestamp> {
    let (source, text) = match env::var(EPOCH) {
        Ok(text) => (EPOCH, text),
        Err(_) => {
            let output = Command::new("git")
                .args(["log", "-1", "--format=%ct"])
                .current_dir(root)
                .output()
                .with_context(|| format!("can't start git; mend: set {EPOCH}"))?;
            if !output.status.success() {
                return Ok(Timestamp::now());
            }
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            ("git", text)
        }
    };
    text.trim()
        .parse()
        .ok()
        .and_then(|seconds| Timestamp::from_second(seconds).ok())
        .with_context(|| {
            format!(
                "{source} says `{}`, which is no time; mend: set {EPOCH} to seconds since 1970",
                text.trim()
            )
        })
}

/// Makes the EPUB.
///
/// # Errors
/// That a page links or shows what is not in the book (the error says which, and what), or that a file
/// can't be read.
pub fn make(book: &Book) -> Result<Vec<u8>> {
    let Some(first) = book.pages.first() else {
        bail!("the book has no pages; mend: src/SUMMARY.md");
    };
    let paths: BTreeSet<_> = book.pages.iter().map(|page| &*page.path).collect();
    let mut items = Vec::new();
    let mut images = BTreeSet::new();
    for page in book.pages {
        let content = xhtml::convert(page, &first.path, &|path| paths.contains(path))?;
        items.push(Item {
            file: file_of(&page.path),
            kind: "application/xhtml+xml",
            properties: content.has_svg.then_some("svg"),
            content: document(book, &page.title, &page.root(), &content.xml).into_bytes(),
        });
        images.extend(content.images);
    }
    let chapters: Vec<_> = items.iter().map(|item| item.file.clone()).collect();
    for file in images {
        let path = book.files.join(&file);
        items.push(Item {
            kind: kind_of(&file)?,
            properties: None,
            content: fs::read(&path)
                .with_context(|| format!("can't read `{}`, which a page shows", path.display()))?,
            file,
        });
    }
    items.push(Item {
        file: "style.css".to_owned(),
        kind: "text/css",
        properties: None,
        content: book.styles.as_bytes().to_vec(),
    });
    items.push(Item {
        file: "title.xhtml".to_owned(),
        kind: "application/xhtml+xml",
        properties: None,
        content: document(book, book.title, "", &title_page(book)).into_bytes(),
    });
    items.push(Item {
        file: "contents.xhtml".to_owned(),
        kind: "application/xhtml+xml",
        properties: Some("nav"),
        content: document(book, "Contents", "", &contents(book.pages)).into_bytes(),
    });
    if let Some(cover) = book.cover {
        items.push(Item {
            file: "cover.png".to_owned(),
            kind: "image/png",
            properties: Some("cover-image"),
            content: cover.to_vec(),
        });
    }
    let mut spine = vec!["title.xhtml".to_owned(), "contents.xhtml".to_owned()];
    spine.extend(chapters);
    archive(book, &items, &spine)
}

/// A file in the EPUB.
struct Item {
    file: String,
    kind: &'static str,
    /// What the list of files has to say of it.
    properties: Option<&'static str>,
    content: Vec<u8>,
}

/// The file of a page: `async/tasks.xhtml`. All files lie as they do on the site, so that the ways
/// between them are the same.
fn file_of(path: &str) -> String {
    format!("{}.xhtml", path.trim_end_matches(".html"))
}

/// What a picture is. Each e-reader knows these.
fn kind_of(file: &str) -> Result<&'static str> {
    match file.rsplit_once('.').map(|(_, extension)| extension) {
        Some("svg") => Ok("image/svg+xml"),
        Some("png") => Ok("image/png"),
        Some("jpg" | "jpeg") => Ok("image/jpeg"),
        Some("gif") => Ok("image/gif"),
        Some("webp") => Ok("image/webp"),
        _ => bail!("e-readers can't show `{file}`; mend: make it an SVG or a PNG"),
    }
}

fn text(text: &str) -> String {
    encode_text(text).into_owned()
}

fn quoted(text: &str) -> String {
    encode_double_quoted_attribute(text).into_owned()
}

/// A page of the EPUB; `root` is the way from it to the folder of all.
fn document(book: &Book, title: &str, root: &str, body: &str) -> String {
    let language = quoted(book.language);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" \
         xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"{language}\" \
         xml:lang=\"{language}\">\n\
         <head>\n<meta charset=\"utf-8\"/>\n<title>{}</title>\n\
         <link rel=\"stylesheet\" type=\"text/css\" href=\"{root}style.css\"/>\n</head>\n\
         <body>\n{}\n</body>\n</html>\n",
        text(title),
        body.trim()
    )
}

fn title_page(book: &Book) -> String {
    format!(
        "<section class=\"title-page\" epub:type=\"titlepage\">\n<h1>{}</h1>\n<p>{}</p>\n\
         <p>{}</p>\n<p>{}. {RIGHTS}</p>\n</section>",
        text(book.title),
        text(book.description),
        text(&authors(book)),
        book.modified.strftime("%Y-%m-%d"),
    )
}

fn authors(book: &Book) -> String {
    format!("The authors of {}", book.title)
}

/// The table of contents, and where what begins.
fn contents(pages: &[Page]) -> String {
    let mut list = String::new();
    let mut part: Option<&str> = None;
    for page in pages {
        if part != page.part.as_deref() {
            if part.is_some() {
                list.push_str("</ol></li>\n");
            }
            part = page.part.as_deref();
            if let Some(part) = part {
                list.push_str(&format!("<li><span>{}</span>\n<ol>\n", text(part)));
            }
        }
        list.push_str(&format!(
            "<li><a href=\"{}\">{}</a></li>\n",
            quoted(&file_of(&page.path)),
            text(&page.title)
        ));
    }
    if part.is_some() {
        list.push_str("</ol></li>\n");
    }
    let first = pages
        .first()
        .map(|it| file_of(&it.path))
        .unwrap_or_default();
    format!(
        "<nav epub:type=\"toc\">\n<h1>Contents</h1>\n<ol>\n{list}</ol>\n</nav>\n\
         <nav epub:type=\"landmarks\" hidden=\"hidden\">\n<ol>\n\
         <li><a epub:type=\"titlepage\" href=\"title.xhtml\">Title page</a></li>\n\
         <li><a epub:type=\"toc\" href=\"contents.xhtml\">Contents</a></li>\n\
         <li><a epub:type=\"bodymatter\" href=\"{}\">Start of the book</a></li>\n\
         </ol>\n</nav>",
        quoted(&first)
    )
}

/// What an e-reader needs to know: what the book is, its files, and the order of its pages.
fn package(book: &Book, items: &[Item], spine: &[String]) -> String {
    let language = quoted(book.language);
    let mut package = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" \
         unique-identifier=\"identifier\" xml:lang=\"{language}\">\n\
         <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n\
         <dc:identifier id=\"identifier\">{IDENTIFIER}</dc:identifier>\n"
    );
    let mut line = |name: &str, value: &str| {
        // What begins with `dc:` is an element, the rest is a property.
        let (start, end) = if name.starts_with("dc:") {
            (name.to_owned(), name)
        } else {
            (format!("meta property=\"{name}\""), "meta")
        };
        // A String takes all that is written to it.
        let _ = writeln!(package, "<{start}>{}</{end}>", text(value));
    };
    line("dc:title", book.title);
    line("dc:language", book.language);
    line("dc:creator", &authors(book));
    line("dc:description", book.description);
    line("dc:rights", RIGHTS);
    line(
        "dcterms:modified",
        &book.modified.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
    );
    for (name, value) in [
        ("accessMode", "textual"),
        ("accessMode", "visual"),
        ("accessModeSufficient", "textual"),
        ("accessibilityFeature", "alternativeText"),
        ("accessibilityFeature", "longDescription"),
        ("accessibilityFeature", "structuralNavigation"),
        ("accessibilityFeature", "tableOfContents"),
        ("accessibilityHazard", "none"),
        (
            "accessibilitySummary",
            "Each picture has a text that says what it shows.",
        ),
    ] {
        line(&format!("schema:{name}"), value);
    }
    package.push_str("</metadata>\n<manifest>\n");
    let ids: BTreeMap<_, _> = items
        .iter()
        .enumerate()
        .map(|(number, item)| (&*item.file, format!("item-{number}")))
        .collect();
    for item in items {
        let properties = item
            .properties
            .map(|it| format!(" properties=\"{it}\""))
            .unwrap_or_default();
        let (id, file, kind) = (&ids[&*item.file], quoted(&item.file), item.kind);
        package.push_str(&format!(
            "<item id=\"{id}\" href=\"{file}\" media-type=\"{kind}\"{properties}/>\n"
        ));
    }
    package.push_str("</manifest>\n<spine>\n");
    for file in spine {
        package.push_str(&format!("<itemref idref=\"{}\"/>\n", ids[&**file]));
    }
    package.push_str("</spine>\n</package>\n");
    package
}

/// The files in one archive, as EPUB wants it: first, and not packed, what it is.
fn archive(book: &Book, items: &[Item], spine: &[String]) -> Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // All files have the first time that an archive knows: the same book is the same bytes.
    let options = SimpleFileOptions::default()
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let stored = options.compression_method(CompressionMethod::Stored);
    let packed = options
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(9));
    archive.start_file("mimetype", stored)?;
    archive.write_all(b"application/epub+zip")?;
    archive.start_file("META-INF/container.xml", packed)?;
    write!(
        archive,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <container xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\" version=\"1.0\">\n\
         <rootfiles>\n<rootfile full-path=\"{FOLDER}/package.opf\" \
         media-type=\"application/oebps-package+xml\"/>\n</rootfiles>\n</container>\n"
    )?;
    archive.start_file(format!("{FOLDER}/package.opf"), packed)?;
    archive.write_all(package(book, items, spine).as_bytes())?;
    for item in items {
        archive.start_file(format!("{FOLDER}/{}", item.file), packed)?;
        archive.write_all(&item.content)?;
    }
    Ok(archive.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::{Book, Page, contents, make, pages};
    use jiff::Timestamp;
    use std::fs;
    use std::io::Read;
    use zip::{CompressionMethod, ZipArchive};

    fn page(path: &str, part: Option<&str>, main: &str) -> Page {
        Page {
            path: path.to_owned(),
            title: path.trim_end_matches(".html").to_owned(),
            part: part.map(str::to_owned),
            main: main.to_owned(),
        }
    }

    fn epub(pages: &[Page]) -> anyhow::Result<Vec<u8>> {
        let files = tempfile::tempdir()?;
        fs::write(files.path().join("a.svg"), "<svg/>")?;
        make(&Book {
            title: "A & B",
            description: "What it says.",
            language: "en",
            modified: Timestamp::UNIX_EPOCH,
            styles: "p { margin: 0 }",
            cover: None,
            files: files.path(),
            pages,
        })
    }

    fn unpacked(epub: &[u8], name: &str) -> String {
        let mut archive = ZipArchive::new(std::io::Cursor::new(epub)).expect("it is an archive");
        let mut text = String::new();
        archive
            .by_name(name)
            .expect("it holds the file")
            .read_to_string(&mut text)
            .expect("the file is text");
        text
    }

    #[test]
    fn an_epub_says_first_what_it_is() {
        let epub = epub(&[page("intro.html", None, "<p>1</p>")]).expect("it has a page");
        let mut archive = ZipArchive::new(std::io::Cursor::new(&epub)).expect("it is an archive");
        let first = archive.by_index(0).expect("it holds a file");
        assert_eq!(first.compression(), CompressionMethod::Stored);
        assert_eq!(&epub[30..58], b"mimetypeapplication/epub+zip");
    }

    #[test]
    fn the_same_pages_are_the_same_bytes() {
        let pages = [page("intro.html", None, "<p class=\"a\" id=\"b\">1</p>")];
        let [one, other] = [(); 2].map(|()| epub(&pages).expect("it has a page"));
        assert!(one == other, "two EPUBs of the same pages differ");
    }

    #[test]
    fn all_files_are_listed_and_the_pages_in_their_order() {
        let pages = [
            page("b.html", None, "<svg></svg>"),
            page("a/a.html", Some("A"), "<img src=\"../a.svg\" alt=\"\">"),
        ];
        let package = unpacked(&epub(&pages).expect("its links lead"), "EPUB/package.opf");
        for part in [
            "<item id=\"item-0\" href=\"b.xhtml\" media-type=\"application/xhtml+xml\" \
             properties=\"svg\"/>",
            "<item id=\"item-1\" href=\"a/a.xhtml\" media-type=\"application/xhtml+xml\"/>",
            "<item id=\"item-2\" href=\"a.svg\" media-type=\"image/svg+xml\"/>",
            "<itemref idref=\"item-0\"/>\n<itemref idref=\"item-1\"/>\n</spine>",
            "<dc:title>A &amp; B</dc:title>",
            "<meta property=\"dcterms:modified\">1970-01-01T00:00:00Z</meta>",
        ] {
            assert!(package.contains(part), "{part} in {package}");
        }
    }

    #[test]
    fn a_picture_that_is_not_there_is_an_error() {
        let error = epub(&[page("a.html", None, "<img src=\"gone.svg\" alt=\"\">")]);
        let error = format!("{:#}", error.expect_err("there is no such file"));
        assert!(error.contains("gone.svg"), "{error}");
    }

    #[test]
    fn the_contents_have_the_parts() {
        let list = contents(&[
            page("intro.html", None, ""),
            page("a.html", Some("One & two"), ""),
            page("b.html", Some("Three"), ""),
            page("end.html", None, ""),
        ]);
        let expected = "<li><a href=\"intro.xhtml\">intro</a></li>\n\
            <li><span>One &amp; two</span>\n<ol>\n<li><a href=\"a.xhtml\">a</a></li>\n</ol></li>\n\
            <li><span>Three</span>\n<ol>\n<li><a href=\"b.xhtml\">b</a></li>\n</ol></li>\n\
            <li><a href=\"end.xhtml\">end</a></li>\n";
        assert!(list.contains(expected), "{list}");
    }

    #[test]
    fn the_pages_are_those_of_the_summary() {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let file = |name: &str, content: &str| {
            fs::write(folder.path().join(name), content).expect("there is room for a file");
        };
        file(
            "SUMMARY.md",
            "# Summary\n\n[Intro](i.md)\n\n# One\n\n- [A](a.md)\n\n---\n\n[End](e.md)\n",
        );
        for name in ["i", "a", "e"] {
            file(
                &format!("{name}.html"),
                &format!("<body><main id=\"c\"><h1>{name}</h1></main>"),
            );
        }
        let pages = pages(&folder.path().join("SUMMARY.md"), folder.path());
        let pages = pages.expect("they are all there");
        let found: Vec<_> = pages
            .iter()
            .map(|it| (&*it.path, &*it.title, it.part.as_deref(), &*it.main))
            .collect();
        assert_eq!(
            found,
            [
                ("i.html", "Intro", None, "<h1>i</h1>"),
                ("a.html", "A", Some("One"), "<h1>a</h1>"),
                ("e.html", "End", None, "<h1>e</h1>"),
            ]
        );
    }
}
