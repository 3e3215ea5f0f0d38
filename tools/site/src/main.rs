//! `cargo xtask site`: builds the book, and makes the published site of it.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};
use clap::Parser;
use site::diagrams::{self, Diagrams};
use site::page::CARDS;
use site::{Options, epub};

/// Build the published site into site/: the book's pages, made small, with the diagrams drawn.
///
/// Needs Node.js and Chromium for the drawings: `bash tools/browser/run` gets what is missing.
#[derive(Parser)]
#[command(name = "cargo xtask site", bin_name = "cargo xtask site")]
struct Arguments {
    /// The address that the site will have. Without it (or the variable SITE_URL), its pages have no
    /// canonical address, and there is no sitemap.
    #[arg(long)]
    url: Option<String>,
}

/// The variable that names the address of the repository, for mdBook and for this program.
const REPOSITORY: &str = "MDBOOK_OUTPUT__HTML__GIT_REPOSITORY_URL";

/// The files to download, at the root of the site: the name of the link, and the file.
const DOWNLOADS: [(&str, &str); 2] = [("PDF", PDF), ("EPUB", EPUB)];
const PDF: &str = "introduction-to-async-rust.pdf";
const EPUB: &str = "introduction-to-async-rust.epub";

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> Result<()> {
    let root = xtask::root();
    let (book, out) = (root.join("book"), root.join("site"));
    let url = arguments.url.or_else(|| env::var("SITE_URL").ok());
    let url = url.map(|url| format!("{}/", url.trim_end_matches('/')));
    if let Some(url) = &url
        && !url.starts_with("https://")
    {
        bail!("the address `{url}` does not begin with `https://`");
    }
    let repository = env::var(REPOSITORY).ok();
    let repository = repository.as_deref().map(|it| it.trim_end_matches('/'));

    // By cargo: mdBook starts the program that built it as its preprocessors.
    xtask::run(xtask::cargo(&root).args(["xtask", "build"]))?;
    let drawings = root.join("target").join("drawings");
    render(
        &root,
        &["diagrams".as_ref(), book.as_ref(), drawings.as_ref()],
    )?;
    let diagrams = Diagrams::read(&drawings)?;
    let pages = site::make(
        &book,
        &out,
        &Options {
            url: url.as_deref(),
            repository,
            downloads: &DOWNLOADS,
            drawing: &|source, root| diagrams.figure(source, root),
        },
    )?;
    site::copy_folder(&drawings, &out.join(diagrams::FOLDER), "svg")?;
    let cards = out.join(CARDS);
    render(&root, &["cards".as_ref(), out.as_ref(), cards.as_ref()])?;
    write_epub(&root, &out, &cards.join("cover.png"))?;
    render(
        &root,
        &["pdf".as_ref(), out.as_ref(), out.join(PDF).as_ref()],
    )?;
    println!(
        "{}: {} pages",
        out.join("index.html").display(),
        pages.len()
    );
    Ok(())
}

/// Writes the EPUB, with what `book.toml` says of the book.
fn write_epub(root: &Path, out: &Path, cover: &Path) -> Result<()> {
    let path = root.join("book.toml");
    let text = fs::read_to_string(&path).context("can't read book.toml")?;
    let settings: toml::Table = text.parse().context("book.toml is no TOML")?;
    let setting = |name: &str| {
        let value = settings
            .get("book")
            .and_then(|book| book.get(name)?.as_str());
        value.with_context(|| format!("book.toml has no `{name}` in `[book]`"))
    };
    let styles = fs::read_to_string(root.join("theme").join("epub.css"))
        .context("can't read theme/epub.css")?;
    let cover = fs::read(cover).with_context(|| format!("can't read `{}`", cover.display()))?;
    let pages = epub::pages(&root.join("src").join("SUMMARY.md"), out)?;
    let book = epub::make(&epub::Book {
        title: setting("title")?,
        description: setting("description")?,
        language: setting("language")?,
        modified: epub::modified(root)?,
        styles: &styles,
        cover: Some(&cover),
        files: out,
        pages: &pages,
    })?;
    fs::write(out.join(EPUB), &book).with_context(|| format!("can't write {EPUB}"))?;
    println!("{}: {} KiB", out.join(EPUB).display(), book.len() / 1024);
    Ok(())
}

/// Runs a program of tools/browser.
fn render(root: &Path, arguments: &[&OsStr]) -> Result<()> {
    let mut node = Command::new("node");
    node.current_dir(root)
        .arg("tools/browser/render.js")
        .args(arguments);
    xtask::run(&mut node).context(
        "mend: read the error above; if what tools/browser needs is missing, run \
         `bash tools/browser/run` once, which gets it",
    )
}
