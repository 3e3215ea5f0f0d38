//! Makes the published site of the built book: `cargo xtask site`.
//!
//! mdBook builds the book into `book/`, which is what `mdbook serve` shows. This package makes `site/`
//! of it, for readers on a phone: the same pages, with what a browser would do there done already.
//!
//! - [`page`] rewrites a page: Rust is highlighted ([`highlight`]), diagrams are drawn, there is one
//!   stylesheet, and a policy that keeps the page from asking other hosts;
//! - [`make`] writes all pages, the files that they name, and what search engines read.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

pub mod diagrams;
pub mod epub;
pub mod highlight;
pub mod page;

use highlight::Rust;
use page::{Page, Site};

/// Pages that mdBook makes beside those of the book, and that no one should find by searching.
const ASIDE: [&str; 3] = ["404.html", "print.html", "toc.html"];

/// What the site needs beside the book.
pub struct Options<'a> {
    /// The address that the site will have, with `/` at its end. Without it, the pages have no
    /// canonical address and no social card, and there is no sitemap.
    pub url: Option<&'a str>,
    /// The address of the repository, to which the names of programs lead.
    pub repository: Option<&'a str>,
    /// The files to download: the name of the link, and the file at the root of the site.
    pub downloads: &'a [(&'a str, &'a str)],
    /// The drawing of a diagram as HTML, made of its source and of the way to the root of the site
    /// (`../`); nothing if there is none.
    pub drawing: &'a dyn Fn(&str, &str) -> Option<String>,
}

/// Makes the site of the book in `book` in the folder `out`, which is emptied first. Returns the pages
/// by their path.
///
/// # Errors
/// That the book is not built, that one of its pages is not as expected (the error says which, and
/// where to mend it), or that a file can't be read or written.
pub fn make(book: &Path, out: &Path, options: &Options) -> Result<BTreeMap<String, Page>> {
    let index = read(&book.join("index.html"))
        .context("there is no book; mend: run `cargo xtask build` first")?;
    if out.exists() {
        fs::remove_dir_all(out).with_context(|| format!("can't empty `{}`", out.display()))?;
    }
    let styles = stylesheet(&index, book)?;
    let hash: String = Sha256::digest(&styles)
        .iter()
        .take(4)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let stylesheet = format!("site-{hash}.css");
    write(&out.join(&stylesheet), styles.as_bytes())?;

    let rust = Rust::new()?;
    let mut pages = BTreeMap::new();
    for path in html_files(book)? {
        let html = read(&book.join(&path))?;
        let target = out.join(&path);
        let root = "../".repeat(path.matches('/').count());
        if html.contains("http-equiv=\"refresh\"") {
            // An address that has moved.
            write(&target, html.as_bytes())?;
            continue;
        }
        if path == "toc.html" {
            write(
                &target,
                page::with_stylesheet(&html, &stylesheet)?.as_bytes(),
            )?;
            continue;
        }
        let site = Site {
            url: options.url,
            repository: options.repository,
            stylesheet: &stylesheet,
            downloads: options.downloads,
            drawing: &|source| (options.drawing)(source, &root),
        };
        let page = page::rewrite(&html, &path, &site, &rust)?;
        write(&target, page.html.as_bytes())?;
        pages.insert(path, page);
    }
    let files: BTreeSet<_> = pages.values().flat_map(|page| &page.files).collect();
    for file in files {
        copy(&book.join(file), &out.join(file))?;
    }
    // GitHub Pages would leave out files that begin with `_`.
    write(&out.join(".nojekyll"), b"")?;
    for (name, text) in for_search_engines(pages.keys(), options.url) {
        write(&out.join(name), text.as_bytes())?;
    }
    Ok(pages)
}

/// All stylesheets of a page as one, in their order.
fn stylesheet(html: &str, book: &Path) -> Result<String> {
    let mut styles = String::new();
    for link in page::stylesheets(html)? {
        let css = read(&book.join(&link.href))?;
        let asks = css.match_indices("url(").find(|(at, _)| {
            let argument = css[at + 4..].trim_start_matches(['"', '\'', ' ']);
            !argument.starts_with("data:")
        });
        if asks.is_some() {
            bail!(
                "`{}` asks for another file; mend: put it into the page, or teach \
                 tools/site/src/lib.rs to copy it",
                link.href
            );
        }
        match link.media {
            Some(media) => styles.push_str(&format!("@media {media} {{\n{css}\n}}\n")),
            None => styles.push_str(&format!("{css}\n")),
        }
    }
    if styles.is_empty() {
        bail!("the first page has no stylesheet; mend: theme/index.hbs");
    }
    Ok(styles)
}

/// `robots.txt`, and a sitemap where the address is known.
fn for_search_engines<'a>(
    paths: impl Iterator<Item = &'a String>,
    url: Option<&str>,
) -> Vec<(&'static str, String)> {
    let mut robots = "User-agent: *\nAllow: /\n".to_owned();
    let Some(url) = url else {
        return vec![("robots.txt", robots)];
    };
    robots.push_str(&format!("Sitemap: {url}sitemap.xml\n"));
    let addresses: BTreeSet<_> = paths
        .filter(|path| !ASIDE.contains(&path.as_str()))
        .map(|path| page::address(path))
        .collect();
    let mut sitemap = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
        .to_owned();
    for address in addresses {
        let address = html_escape::encode_text(&format!("{url}{address}")).into_owned();
        sitemap.push_str(&format!("  <url><loc>{address}</loc></url>\n"));
    }
    sitemap.push_str("</urlset>\n");
    vec![("robots.txt", robots), ("sitemap.xml", sitemap)]
}

/// The HTML files below a folder, as `async/tasks.html`.
fn html_files(folder: &Path) -> Result<Vec<String>> {
    let mut files = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(below) = folders.pop() {
        let here = folder.join(&below);
        let entries =
            fs::read_dir(&here).with_context(|| format!("can't read `{}`", here.display()));
        for entry in entries? {
            let entry = entry?;
            let path = below.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "html") {
                files.push(path.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    files.sort();
    Ok(files)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("can't read `{}`", path.display()))
}

fn write(path: &Path, content: &[u8]) -> Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, content))
        .with_context(|| format!("can't write `{}`", path.display()))
}

/// Copies the files of a folder that have this ending, and no folders.
///
/// # Errors
/// That a file can't be read or written.
pub fn copy_folder(from: &Path, to: &Path, ending: &str) -> Result<()> {
    let entries = fs::read_dir(from).with_context(|| format!("can't read `{}`", from.display()))?;
    for entry in entries {
        let path = entry?.path();
        if let Some(name) = path.file_name()
            && path.extension().is_some_and(|it| it == ending)
        {
            copy(&path, &to.join(name))?;
        }
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    let folder = to.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)
        .and_then(|()| fs::copy(from, to))
        .map(drop)
        .with_context(|| format!("can't copy `{}`, which a page names", from.display()))
}
