//! The site made of small books.

use std::fs;
use std::path::Path;

use site::{Options, make};
use tempfile::TempDir;

/// A book of two pages, as mdBook writes one, with what `change` makes of its parts.
fn book(change: impl Fn(&str, String) -> String) -> TempDir {
    let folder = tempfile::tempdir().expect("there is room");
    let frame = |root: &str, main: &str| {
        format!(
            "<!DOCTYPE html><html><head><meta name=\"description\" content=\"\">\
             <link rel=\"stylesheet\" href=\"{root}css/a.css\">\
             <link rel=\"stylesheet\" href=\"{root}css/print.css\" media=\"print\">\
             <script src=\"{root}book-1.js\"></script></head><body><main>{main}</main>\
             <p class=\"about-page\"></p></body></html>"
        )
    };
    let moved = "<head><meta http-equiv=\"refresh\" content=\"0; URL=a.html\"></head>".to_owned();
    for (path, content) in [
        ("index.html", frame("", "<h1>Start</h1><p>Here.</p>")),
        ("introduction.html", frame("", "<h1>Start</h1><p>Here.</p>")),
        ("part/a.html", frame("../", "<h1>A</h1><p>There.</p>")),
        ("404.html", frame("", "<h1>No such page</h1>")),
        ("print.html", frame("", "<h1>Start</h1><h1>A</h1>")),
        (
            "toc.html",
            "<head></head><main><h1>Contents</h1></main>".to_owned(),
        ),
        ("old.html", moved),
        ("css/a.css", "a { color: red; }".to_owned()),
        ("css/print.css", "nav { display: none; }".to_owned()),
        ("book-1.js", "'use strict';".to_owned()),
        ("highlight-1.js", "too big".to_owned()),
    ] {
        let path_here = folder.path().join(path);
        fs::create_dir_all(path_here.parent().expect("it has one")).expect("there is room");
        fs::write(path_here, change(path, content)).expect("there is room");
    }
    folder
}

fn options<'a>() -> Options<'a> {
    Options {
        url: Some("https://host/book/"),
        repository: None,
        downloads: &[],
        drawing: &|_, _| None,
    }
}

fn text(site: &Path, file: &str) -> String {
    fs::read_to_string(site.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

#[test]
fn the_site_has_the_pages_and_what_they_name() {
    let book = book(|_, content| content);
    let room = tempfile::tempdir().expect("there is room");
    let out = room.path().join("site");
    fs::create_dir_all(&out).expect("there is room");
    fs::write(out.join("stale.html"), "of an earlier run").expect("there is room");

    let pages = make(book.path(), &out, &options()).expect("it is a book");
    assert_eq!(pages.len(), 5, "{:?}", pages.keys());
    assert!(!out.join("stale.html").exists());
    assert!(!out.join("highlight-1.js").exists(), "no page names it");
    assert_eq!(text(&out, "book-1.js"), "'use strict';");
    assert!(
        text(&out, "old.html").contains("refresh"),
        "addresses that moved stay"
    );

    let page = text(&out, "part/a.html");
    let style = page
        .split("href=\"../site-")
        .nth(1)
        .and_then(|it| it.split('"').next());
    let style = format!("site-{}", style.expect("the page has a stylesheet"));
    let css = text(&out, &style);
    assert!(
        css.contains("color: red") && css.contains("@media print {\nnav"),
        "{css}"
    );
    assert!(text(&out, "toc.html").contains(&style));
}

#[test]
fn search_engines_find_the_pages_once() {
    let book = book(|_, content| content);
    let room = tempfile::tempdir().expect("there is room");
    let out = room.path().join("site");
    make(book.path(), &out, &options()).expect("it is a book");
    let sitemap = text(&out, "sitemap.xml");
    let addresses: Vec<_> = sitemap
        .split("<loc>")
        .skip(1)
        .filter_map(|it| it.split('<').next())
        .collect();
    assert_eq!(
        addresses,
        ["https://host/book/", "https://host/book/part/a.html"]
    );
    assert!(text(&out, "robots.txt").contains("Sitemap: https://host/book/sitemap.xml"));

    let unknown = Options {
        url: None,
        ..options()
    };
    make(book.path(), &out, &unknown).expect("it is a book");
    assert!(
        !out.join("sitemap.xml").exists(),
        "there is no address to list"
    );
}

#[test]
fn a_book_that_can_not_be_made_a_site_is_an_error() {
    let room = tempfile::tempdir().expect("there is room");
    let out = room.path().join("site");
    let error = make(&room.path().join("none"), &out, &options()).map(|it| it.len());
    assert!(format!("{:#}", error.expect_err("it is not built")).contains("cargo xtask build"));

    for (file, content, words) in [
        ("css/a.css", "a { background: url(b.png) }", "css/a.css"),
        (
            "part/a.html",
            "<html><head></head><body><main><h1>A</h1></main></body></html>",
            "part/a.html",
        ),
        ("index.html", "<h1>no frame</h1>", "index.hbs"),
    ] {
        let book = book(|path, old| {
            if path == file {
                content.to_owned()
            } else {
                old
            }
        });
        let error = make(book.path(), &out, &options()).map(|it| it.len());
        let error = format!("{:#}", error.expect_err(file));
        assert!(error.contains(words), "{file}: {error}");
    }

    let book = book(|_, content| content);
    fs::remove_file(book.path().join("book-1.js")).expect("it is there");
    let error = make(book.path(), &out, &options()).map(|it| it.len());
    assert!(format!("{:#}", error.expect_err("a file is missing")).contains("book-1.js"));
}
