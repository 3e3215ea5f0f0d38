//! That every link within the book leads somewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use mdbook_driver::MDBook;
use mdbook_markdown::pulldown_cmark::{Event, Tag};
use regex::Regex;

use crate::book::{Book, Chapter, normalized};
use crate::problem::{Problem, slashed};

/// That every link within the book leads to a page, a file or a heading that exists.
pub(super) fn links(book: &Book) -> Vec<Problem> {
    let pages = match rendered_ids(book) {
        Ok(pages) => pages,
        Err(error) => {
            return vec![Problem::new(
                "book.toml",
                1,
                format!("mdBook can't render the book: {error}"),
                "mend what it names; `mdbook build` says the same",
            )];
        }
    };
    let mut problems = Vec::new();
    for chapter in &book.chapters {
        for (event, range) in chapter.events(&book.config) {
            let targets = match event {
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    vec![dest_url.to_string()]
                }
                Event::Html(html) | Event::InlineHtml(html) => targets_of_html(&html),
                _ => continue,
            };
            for target in targets {
                if let Err((what, mend)) = follow(book, &pages, chapter, &target) {
                    let line = chapter.line_at(range.start);
                    problems.push(Problem::new(&chapter.file, line, what, mend));
                }
            }
        }
    }
    problems
}

fn targets_of_html(html: &str) -> Vec<String> {
    static TARGET: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"<(?:a|img|source|video)\s[^<>]*?(?:href|src)\s*=\s*["']([^"']*)["']"#)
            .expect("the pattern is valid")
    });
    TARGET
        .captures_iter(html)
        .map(|captures| captures[1].to_owned())
        .collect()
}

/// The ids on each page that mdBook renders, by the path of the page's chapter.
type Pages = BTreeMap<PathBuf, BTreeSet<String>>;

fn follow(
    book: &Book,
    pages: &Pages,
    from: &Chapter,
    target: &str,
) -> Result<(), (String, String)> {
    static SCHEME: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^[A-Za-z][A-Za-z0-9+.-]*:").expect("the pattern is valid"));
    if SCHEME.is_match(target) {
        return Ok(());
    }
    let (path, fragment) = match target.split_once('#') {
        Some((path, fragment)) => (path, Some(fragment)),
        None => (target, None),
    };
    let page = if path.is_empty() {
        from.path.clone()
    } else {
        normalized(&from.path.parent().unwrap_or(Path::new("")).join(path))
    };
    let is_chapter = page.extension().is_some_and(|extension| extension == "md");
    let exists = if is_chapter {
        book.chapter(&page).is_some()
    } else {
        book.root.join(&book.src).join(&page).is_file()
    };
    if !exists {
        return Err((
            format!(
                "a broken link: there is no `{}`",
                slashed(&book.src.join(&page))
            ),
            "link to the chapter's `.md` file, by its path relative to this one".to_owned(),
        ));
    }
    let Some(fragment) = fragment else {
        return Ok(());
    };
    let ids = pages.get(&page);
    if ids.is_some_and(|ids| ids.contains(fragment)) {
        return Ok(());
    }
    let words = |id: &str| id.split('-').map(str::to_owned).collect::<BTreeSet<_>>();
    let wanted = words(fragment);
    let nearest = ids
        .into_iter()
        .flatten()
        .max_by_key(|id| words(id).intersection(&wanted).count())
        .filter(|id| !words(id).is_disjoint(&wanted));
    Err((
        format!(
            "a broken link: `{}` has no `#{fragment}`",
            slashed(&book.src.join(&page))
        ),
        match nearest {
            Some(id) => format!("link to a heading or a term there, such as `#{id}`"),
            None => "link to a heading or a term that is there".to_owned(),
        },
    ))
}

/// Renders the book with mdBook itself, so that an id is one exactly if the reader's page has it.
fn rendered_ids(book: &Book) -> Result<Pages, String> {
    static ID: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"<[a-z][a-z0-9]*\s(?:[^<>]*?\s)?id="([^"]*)""#).expect("the pattern is valid")
    });
    let out = tempfile::tempdir().map_err(|error| error.to_string())?;
    let mut config = book.config.clone();
    config.build.build_dir = out.path().to_path_buf();
    // The search index is most of the work and has no ids.
    config
        .set("output.html.search.enable", false)
        .map_err(|error| format!("{error:#}"))?;
    MDBook::load_with_config(&book.root, config)
        .and_then(|book| book.build())
        .map_err(|error| format!("{error:#}"))?;
    let mut pages = Pages::new();
    for chapter in &book.chapters {
        let mut html = out.path().join(chapter.path.with_extension("html"));
        if chapter.name() == "README" {
            html.set_file_name("index.html");
        }
        let html = fs::read_to_string(&html)
            .map_err(|error| format!("it wrote no `{}`: {error}", html.display()))?;
        let ids = ID
            .captures_iter(&html)
            .map(|captures| captures[1].to_owned())
            .collect();
        pages.insert(chapter.path.clone(), ids);
    }
    Ok(pages)
}
