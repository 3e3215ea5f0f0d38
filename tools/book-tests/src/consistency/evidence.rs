//! That the page of the evidence rests on what the tests run.
//!
//! The page is a list of claims, numbered through all its sections. A claim has a verdict, in bold,
//! and links whose text is a kind and a name:
//!
//! ```text
//! 1. Threads need memory.
//!
//!    **True.** Ten thousand take 100 MB. Shown by
//!    [program `threads/idle_threads`](../concurrency/threads.md#what-it-costs).
//! ```
//!
//! Any other link is none of the evidence. A table says how many claims have each verdict.

use std::fs;
use std::path::Path;

use mdbook_markdown::pulldown_cmark::{Event, Tag, TagEnd};
use regex::Regex;
use xtask::ids;
use xtask::preprocessor::markdown_options;

use crate::book::{Block, Book, Chapter, Shown, normalized};
use crate::problem::{Problem, slashed};
use crate::programs::Program;

use super::files_below;

/// The page, below the folder of the chapters. A book without it has no evidence to check.
const PAGE: &str = "appendix/evidence.md";

/// The verdicts, as the page says them in bold.
const VERDICTS: [&str; 3] = ["True", "True if", "Wrong"];

/// The kinds of evidence, as the texts of links begin.
const KINDS: [&str; 5] = [
    "program",
    "measurement",
    "counter-example",
    "fragment",
    "test",
];

/// What is wrong, and how to mend it.
type Fault = (String, String);

/// A claim of the page.
#[derive(Debug)]
struct Claim {
    line: usize,
    /// The number in the Markdown, if it can be read.
    written: Option<u64>,
    /// The number on the rendered page: a list counts on, whatever is written.
    rendered: u64,
    /// The first words in bold, without a full stop.
    verdict: Option<String>,
    links: Vec<Link>,
}

/// A link in a claim.
#[derive(Debug, Default)]
struct Link {
    line: usize,
    target: String,
    /// The text before the first inline code.
    kind: String,
    /// The inline code.
    name: Option<String>,
}

/// A line of the table that counts the verdicts.
#[derive(Debug)]
struct Count {
    line: usize,
    verdict: String,
    number: String,
}

/// That each claim is there once and in order, with a verdict and with evidence that exists, and
/// that the verdicts are counted right.
pub(super) fn evidence(book: &Book) -> Vec<Problem> {
    let Some(page) = book.chapter(Path::new(PAGE)) else {
        return Vec::new();
    };
    let (claims, counts) = read(book, page);
    let mut problems = Vec::new();
    let mut report = |line, (what, mend): Fault| {
        problems.push(Problem::new(&page.file, line, what, mend));
    };

    if claims.is_empty() {
        report(
            1,
            (
                "there is no claim on this page".to_owned(),
                "write the claims as a numbered list".to_owned(),
            ),
        );
    }
    let mut is_in_order = true;
    for (claim, due) in claims.iter().zip(1..) {
        let number = claim.written.unwrap_or(claim.rendered);
        // What follows the first wrong number is wrong with it.
        if is_in_order && (number != due || claim.rendered != due) {
            is_in_order = false;
            let shown = if claim.rendered == number {
                String::new()
            } else {
                format!(" (on the rendered page: {})", claim.rendered)
            };
            report(
                claim.line,
                (
                    format!("claim {number}{shown} stands where claim {due} is due"),
                    "number the claims from 1 in steps of 1, through all sections".to_owned(),
                ),
            );
        }

        if !claim.verdict.as_deref().is_some_and(is_verdict) {
            let what = match &claim.verdict {
                Some(other) => format!("claim {number} has the verdict `{other}`"),
                None => format!("claim {number} has no verdict"),
            };
            let mend = "begin what you say of it with `**True.**`, `**True if**` or `**Wrong.**`";
            report(claim.line, (what, mend.to_owned()));
        }
        let evidence: Vec<_> = claim.links.iter().filter_map(Link::evidence).collect();
        if evidence.is_empty() {
            report(
                claim.line,
                (
                    format!("claim {number} rests on nothing that is run"),
                    format!(
                        "add a link ``[KIND `NAME`](PAGE#HEADING)``, where KIND is one of: {}",
                        KINDS.join(", ")
                    ),
                ),
            );
        }
        for (link, kind, name) in evidence {
            if let Err(fault) = follow(book, page, link, kind, name) {
                report(link.line, fault);
            }
        }
    }

    for verdict in VERDICTS {
        let is_it = |claim: &&Claim| claim.verdict.as_deref() == Some(verdict);
        let found = claims.iter().filter(is_it).count();
        match counts.iter().find(|count| count.verdict == verdict) {
            None => report(
                1,
                (
                    format!("no table says how many claims are `{verdict}`"),
                    format!("add a line `| **{verdict}** | {found} | … |` to a table"),
                ),
            ),
            Some(count) if count.number.parse() != Ok(found) => report(
                count.line,
                (
                    format!(
                        "the table has `{}` claims that are `{verdict}`, the list has {found}",
                        count.number
                    ),
                    format!("write {found}, or correct the verdicts"),
                ),
            ),
            Some(_) => {}
        }
    }
    problems
}

fn is_verdict(words: &str) -> bool {
    VERDICTS.contains(&words)
}

/// The claims and the counts of the page, in its order.
fn read(book: &Book, page: &Chapter) -> (Vec<Claim>, Vec<Count>) {
    let (mut claims, mut counts): (Vec<Claim>, Vec<Count>) = (Vec::new(), Vec::new());
    let mut depth = 0; // of lists
    let mut next = None; // the rendered number of the next item of a claims' list
    let mut in_claim = false;
    let mut bold: Option<String> = None;
    let mut link: Option<Link> = None;
    let mut row: Option<(usize, Vec<String>)> = None;
    for (event, range) in page.events(&book.config) {
        let line = page.line_at(range.start);
        match event {
            Event::Start(Tag::List(start)) => {
                if depth == 0 {
                    next = start;
                }
                depth += 1;
            }
            Event::End(TagEnd::List(_)) => depth -= 1,
            Event::Start(Tag::Item) if depth == 1 => {
                if let Some(number) = next {
                    let text = page.text[range].trim_start();
                    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
                    claims.push(Claim {
                        line,
                        written: text[..digits].parse().ok(),
                        rendered: number,
                        verdict: None,
                        links: Vec::new(),
                    });
                    next = Some(number + 1);
                    in_claim = true;
                }
            }
            Event::End(TagEnd::Item) if depth == 1 => in_claim = false,
            Event::Start(Tag::Strong) => bold = Some(String::new()),
            Event::End(TagEnd::Strong) => {
                let words = bold.take().unwrap_or_default();
                let claim = claims.last_mut().filter(|_| in_claim);
                if let Some(Claim { verdict, .. }) = claim
                    && verdict.is_none()
                {
                    *verdict = Some(words.trim_end_matches('.').to_owned());
                }
            }
            Event::Start(Tag::Link { dest_url, .. }) if in_claim => {
                link = Some(Link {
                    line,
                    target: dest_url.to_string(),
                    ..Link::default()
                });
            }
            Event::End(TagEnd::Link) => {
                if let (Some(link), Some(claim)) = (link.take(), claims.last_mut()) {
                    claim.links.push(link);
                }
            }
            Event::Start(Tag::TableRow) => row = Some((line, Vec::new())),
            Event::Start(Tag::TableCell) => {
                if let Some((_, cells)) = &mut row {
                    cells.push(String::new());
                }
            }
            Event::End(TagEnd::TableRow) => {
                if let Some((line, cells)) = row.take()
                    && let [verdict, number, ..] = &cells[..]
                    && is_verdict(verdict)
                {
                    counts.push(Count {
                        line,
                        verdict: verdict.clone(),
                        number: number.clone(),
                    });
                }
            }
            Event::Code(code) => {
                if let Some(link) = &mut link {
                    link.name.get_or_insert(code.to_string());
                }
            }
            Event::Text(text) => {
                if let Some(bold) = &mut bold {
                    bold.push_str(&text);
                }
                if let Some(link) = &mut link
                    && link.name.is_none()
                {
                    link.kind.push_str(&text);
                }
                if let Some(cell) = row.as_mut().and_then(|(_, cells)| cells.last_mut()) {
                    cell.push_str(&text);
                }
            }
            Event::SoftBreak => {
                // A link or a verdict may be wrapped: a break is a space.
                if let Some(bold) = &mut bold {
                    bold.push(' ');
                }
                if let Some(link) = &mut link
                    && link.name.is_none()
                {
                    link.kind.push(' ');
                }
            }
            _ => {}
        }
    }
    (claims, counts)
}

impl Link {
    /// Kind and name, if the text of the link is a word and inline code.
    fn evidence(&self) -> Option<(&Link, &str, &str)> {
        let kind = self.kind.trim();
        let is_word = !kind.is_empty() && !kind.contains(char::is_whitespace);
        self.name
            .as_deref()
            .filter(|_| is_word)
            .map(|name| (self, kind, name))
    }
}

/// That this evidence exists, and stands where the link leads.
fn follow(book: &Book, page: &Chapter, link: &Link, kind: &str, name: &str) -> Result<(), Fault> {
    if !KINDS.contains(&kind) {
        return Err((
            format!("`{kind}` is no kind of evidence"),
            format!("write one of: {}", KINDS.join(", ")),
        ));
    }
    let Some((path, heading)) = link.target.split_once('#') else {
        return Err((
            format!("the link of {kind} `{name}` leads to no heading"),
            "link to the heading under which it stands: `PAGE#HEADING`".to_owned(),
        ));
    };
    let path = if path.is_empty() {
        page.path.clone()
    } else {
        normalized(&page.path.parent().unwrap_or(Path::new("")).join(path))
    };
    let Some(chapter) = book.chapter(&path) else {
        return Err((
            format!("the link of {kind} `{name}` leads to no chapter"),
            "link to a chapter's `.md` file, by its path relative to this one".to_owned(),
        ));
    };
    let place = Place {
        book,
        chapter,
        heading,
    };
    match kind {
        "fragment" => fragment(&place, name),
        "test" => test(&place, name),
        _ => sample(&place, kind, name),
    }
}

/// Where a link leads.
struct Place<'a> {
    book: &'a Book,
    chapter: &'a Chapter,
    heading: &'a str,
}

impl Place<'_> {
    /// That this block is below the heading, with none in between.
    fn holds(&self, block: &Block, what: &str) -> Result<(), Fault> {
        let above = heading_above(self.book, self.chapter, block);
        if above.as_deref() == Some(self.heading) {
            return Ok(());
        }
        let file = slashed(&self.chapter.file);
        let (stands, mend) = match above {
            Some(id) => (
                format!("under `#{id}`"),
                format!("link to `#{id}` of that chapter"),
            ),
            None => (
                "above its first heading".to_owned(),
                "put it under a heading and link to that".to_owned(),
            ),
        };
        Err((
            format!(
                "{what} stands in `{file}` {stands}, and not under `#{}`",
                self.heading
            ),
            mend,
        ))
    }
}

/// A program, a measurement or a counter-example: both files exist, and the chapter shows them.
fn sample(place: &Place, kind: &str, name: &str) -> Result<(), Fault> {
    let book = place.book;
    let Some((package, name)) = name.split_once('/') else {
        return Err((
            format!("`{name}` does not name a {kind}"),
            "write `PACKAGE/NAME`".to_owned(),
        ));
    };
    let (package, name) = (package.to_owned(), name.to_owned());
    let program = Program {
        package: package.clone(),
        name: name.clone(),
    };
    let counter_example = Path::new("examples")
        .join(&package)
        .join("compile-fail")
        .join(format!("{name}.rs"));
    // The source, what it gives, the blocks that show the two, and what writes the second.
    let (source, result, shown, shown_result, writes) = match kind {
        "counter-example" => (
            counter_example.clone(),
            counter_example.with_extension("stderr"),
            Shown::CounterExample {
                package: package.clone(),
                name: name.clone(),
            },
            Shown::Error {
                package: package.clone(),
                name,
            },
            book.bless_command(&package),
        ),
        "measurement" => (
            program.source(),
            program.source().with_extension(crate::programs::FIGURES),
            Shown::Program {
                package: package.clone(),
                name: name.clone(),
            },
            Shown::Figures {
                package: package.clone(),
                name: name.clone(),
            },
            format!("`cargo xtask measure {package} {name}`"),
        ),
        _ => (
            program.source(),
            program.stdout(&book.root),
            Shown::Program {
                package: package.clone(),
                name: name.clone(),
            },
            Shown::Output {
                package: package.clone(),
                name,
            },
            book.bless_command(&package),
        ),
    };
    let source_name = slashed(&source);
    if !book.root.join(&source).is_file() {
        return Err((
            format!("there is no {kind} `{source_name}`"),
            "correct the name, write the file, or take the link out".to_owned(),
        ));
    }
    if !book.root.join(&result).is_file() {
        return Err((
            format!("the {kind} `{source_name}` has no `{}`", slashed(&result)),
            format!("run {writes} and read what it writes"),
        ));
    }
    let blocks = &place.chapter.blocks;
    let block_of = |wanted: &Shown| blocks.iter().find(|block| block.shown() == *wanted);
    for (wanted, file) in [(&shown, &source), (&shown_result, &result)] {
        let file = slashed(file);
        let Some(block) = block_of(wanted) else {
            let chapter = slashed(&place.chapter.file);
            return Err((
                format!(
                    "the link of {kind} `{source_name}` leads to `{chapter}`, which does not show `{file}`"
                ),
                "link to the chapter that includes both the code and what it gives".to_owned(),
            ));
        };
        place.holds(block, &format!("`{file}`"))?;
    }
    Ok(())
}

/// A fragment: Rust stands under the heading, in the chapter itself.
fn fragment(place: &Place, name: &str) -> Result<(), Fault> {
    let Place {
        book,
        chapter,
        heading,
    } = place;
    let file = slashed(&chapter.file);
    if chapter.name() != name {
        return Err((
            format!("a fragment of `{name}`, and the link leads to `{file}`"),
            format!("write fragment `{}`, or correct the link", chapter.name()),
        ));
    }
    let is_fragment = |block: &&Block| block.is_rust() && block.shown() == Shown::Fragment;
    let mut fragments = chapter.blocks.iter().filter(is_fragment);
    if fragments.any(|block| heading_above(book, chapter, block).as_deref() == Some(heading)) {
        return Ok(());
    }
    Err((
        format!("`{file}` has no fragment under `#{heading}`"),
        "link to a heading under which a `rust` block stands, with no heading in between"
            .to_owned(),
    ))
}

/// A test: a function of that name, marked as a test, in a package of the chapter's.
fn test(place: &Place, name: &str) -> Result<(), Fault> {
    let book = place.book;
    let package = name
        .split_once("::")
        .and_then(|(package, function)| Some((book.packages.get(package)?, function)));
    let Some((package, function)) = package else {
        return Err((
            format!("`{name}` does not name a test of a package below `examples`"),
            "write `PACKAGE::FUNCTION`".to_owned(),
        ));
    };
    let marked = Regex::new(&format!(
        r"(?m)^\s*#\[(?:\w+::)?test(?:\([^\]]*\))?\]\s*(?:#\[[^\]]*\]\s*)*(?:async\s+)?fn\s+{}\s*\(",
        regex::escape(function)
    ))
    .expect("an escaped name is a valid pattern");
    let is_there = files_below(&book.root.join(&package.dir))
        .iter()
        .filter(|file| file.extension().is_some_and(|ending| ending == "rs"))
        .any(|file| fs::read_to_string(file).is_ok_and(|text| marked.is_match(&text)));
    if !is_there {
        return Err((
            format!(
                "no Rust file below `{}` has a test `{function}`",
                slashed(&package.dir)
            ),
            "correct the name, write the test, or take the link out".to_owned(),
        ));
    }
    let owner = book.chapter_of(&package.name);
    if owner.is_none_or(|owner| owner.path != place.chapter.path) {
        return Err((
            format!(
                "the link of test `{name}` leads to `{}`, which is not the chapter of `{}`",
                slashed(&place.chapter.file),
                package.name
            ),
            "link to the chapter that bears the package's name".to_owned(),
        ));
    }
    if headings(book, place.chapter)
        .iter()
        .all(|(_, id)| id != place.heading)
    {
        return Err((
            format!(
                "`{}` has no heading `#{}`",
                slashed(&place.chapter.file),
                place.heading
            ),
            "link to a heading that is there".to_owned(),
        ));
    }
    Ok(())
}

/// The id of the last heading above a block.
fn heading_above(book: &Book, chapter: &Chapter, block: &Block) -> Option<String> {
    headings(book, chapter)
        .into_iter()
        .take_while(|(line, _)| *line < block.line)
        .last()
        .map(|(_, id)| id)
}

/// The headings of a chapter: the line of each, and the id that mdBook gives it.
fn headings(book: &Book, chapter: &Chapter) -> Vec<(usize, String)> {
    ids::headings(&chapter.text, &markdown_options(&book.config))
        .into_iter()
        .map(|heading| (chapter.line_at(heading.range.start), heading.id))
        .collect()
}
