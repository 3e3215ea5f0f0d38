//! That the FAQ lists its entries, and that each entry is whole.
//!
//! What is an entry, and what its message, is told by the code that lists them on the first page:
//! `xtask::faq` and `xtask::questions`. An entry is a question, a heading of the second level, and
//! below it:
//!
//! ```text
//! a sample, The message:, what it says     where there is a message; or a program, It prints:
//! **In short.** …
//! **Why.** …
//! **What works.** …                        and code that is run
//! **What has changed.** …                  where older answers are wrong
//! **Read on.** …                           with a link to a chapter
//! **Asked.** …                             with links to where it was asked
//! ```

use std::collections::BTreeMap;
use std::path::Path;

use mdbook_markdown::pulldown_cmark::{Event, Tag, TagEnd};
use xtask::faq::{self, Entry};
use xtask::preprocessor::markdown_options;

use crate::book::{Block, Book, Chapter, Shown, normalized};
use crate::problem::{Problem, slashed};

/// The words in bold that paragraphs of an entry begin with, in order, and whether each entry has
/// such a paragraph.
const LEADS: [(&str, bool); 6] = [
    ("In short.", true),
    ("Why.", true),
    (WHAT_WORKS, true),
    ("What has changed.", false),
    (READ_ON, true),
    (ASKED, true),
];

const WHAT_WORKS: &str = "What works.";
const READ_ON: &str = "Read on.";
const ASKED: &str = "Asked.";

/// So many entries the FAQ has at least.
const ENTRIES: usize = 60;

/// So many places where it was asked an entry links at most.
const THREADS: usize = 3;

/// A page of the FAQ with its entries.
type Page<'a> = (&'a Chapter, Vec<Entry>);

/// A line of a chapter, what is wrong there, and how to mend it.
type Fault = (usize, String, String);

/// That the FAQ lists all its entries, has enough of them, no two alike, and each whole.
pub(super) fn faq(book: &Book) -> Vec<Problem> {
    let options = markdown_options(&book.config);
    let pages: Vec<Page> = book
        .chapters
        .iter()
        .filter(|chapter| faq::is_page(&chapter.path))
        .map(|chapter| (chapter, faq::entries(&chapter.text, &options)))
        .collect();
    // A book may have no FAQ.
    if pages.is_empty() {
        return Vec::new();
    }
    let mut problems = list(book, &pages);
    problems.extend(alike(&pages));
    for (chapter, entries) in &pages {
        if entries.is_empty() {
            problems.push(Problem::new(
                &chapter.file,
                1,
                format!("a page without an entry: `{}` does not list it", faq::LIST),
                "write a question as a heading `## …`, and below it the answer",
            ));
        }
        let pieces = pieces(book, chapter);
        for entry in entries {
            let is_own =
                |piece: &&Piece| entry.range.start < piece.start && piece.start < entry.range.end;
            let pieces: Vec<&Piece> = pieces.iter().filter(is_own).collect();
            let line = chapter.line_at(entry.range.start);
            for (line, what, mend) in faults(book, chapter, line, &pieces) {
                problems.push(Problem::new(&chapter.file, line, what, mend));
            }
        }
    }
    problems
}

/// That the first page of the FAQ has one place for the list, and that there is enough to list.
fn list(book: &Book, pages: &[Page]) -> Vec<Problem> {
    let Some(list) = book.chapter(Path::new(faq::LIST)) else {
        return vec![Problem::new(
            book.src.join("SUMMARY.md"),
            1,
            format!(
                "the FAQ has no page `{}` that lists its questions",
                faq::LIST
            ),
            format!("write one, with a line `{}`", faq::MARKER),
        )];
    };
    let mut problems = Vec::new();
    let mut report = |line, what: String, mend: String| {
        problems.push(Problem::new(&list.file, line, what, mend));
    };
    let first = |chapter: &&Chapter| chapter.path.starts_with(faq::FOLDER);
    if book.chapters.iter().find(first).map(|first| &first.path) != Some(&list.path) {
        report(
            1,
            "the list of the questions is not the first page of the FAQ".to_owned(),
            "put its line in `SUMMARY.md` above those of the other pages".to_owned(),
        );
    }
    let mut offset = 0;
    let mut places = Vec::new();
    for line in list.text.split_inclusive('\n') {
        if line.trim() == faq::MARKER {
            places.push(list.line_at(offset));
        }
        offset += line.len();
    }
    match places[..] {
        [] => report(
            1,
            "there is no place for the list of the questions".to_owned(),
            format!("put a line `{}` where it is to come", faq::MARKER),
        ),
        [_] => {}
        [_, second, ..] => report(
            second,
            "a second place for the list of the questions".to_owned(),
            "take one of the two out".to_owned(),
        ),
    }
    let count: usize = pages.iter().map(|(_, entries)| entries.len()).sum();
    if count < ENTRIES {
        report(
            1,
            format!("the FAQ has {count} entries, and {ENTRIES} are due"),
            "answer more of what is asked again and again".to_owned(),
        );
    }
    problems
}

/// That no two entries ask the same: a reader of the list would not know which to take.
fn alike(pages: &[Page]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut seen = BTreeMap::new();
    for (chapter, entries) in pages {
        for entry in entries {
            let (file, line) = (&chapter.file, chapter.line_at(entry.range.start));
            let Some((other, at)) = seen.insert(entry.question.to_lowercase(), (file, line)) else {
                continue;
            };
            problems.push(Problem::new(
                file,
                line,
                format!("`{}` asks this too, in line {at}", slashed(other)),
                "make the two one, or let each question say what only it asks",
            ));
        }
    }
    problems
}

/// What stands by itself on a page: a paragraph, a block of code, a list.
struct Piece<'a> {
    /// Where it begins in the chapter's text, in bytes.
    start: usize,
    line: usize,
    kind: Kind<'a>,
    /// The targets of its links.
    links: Vec<String>,
}

enum Kind<'a> {
    /// Its Markdown, and the words in bold that it begins with.
    Paragraph(&'a str, String),
    Block(&'a Block),
    Heading,
    Other,
}

/// The pieces of a page, in its order.
fn pieces<'a>(book: &Book, chapter: &'a Chapter) -> Vec<Piece<'a>> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut blocks = chapter.blocks.iter();
    let (mut depth, mut in_bold) = (0, false);
    for (event, range) in chapter.events(&book.config) {
        match event {
            Event::Start(tag) => {
                let block = matches!(tag, Tag::CodeBlock(_)).then(|| blocks.next());
                if depth == 0 {
                    let kind = match (&tag, block.flatten()) {
                        (_, Some(block)) => Kind::Block(block),
                        (Tag::Paragraph, _) => {
                            Kind::Paragraph(chapter.text[range.clone()].trim(), String::new())
                        }
                        (Tag::Heading { .. }, _) => Kind::Heading,
                        _ => Kind::Other,
                    };
                    pieces.push(Piece {
                        start: range.start,
                        line: chapter.line_at(range.start),
                        kind,
                        links: Vec::new(),
                    });
                }
                depth += 1;
                let piece = pieces.last_mut();
                match tag {
                    Tag::Strong => in_bold = piece.is_some_and(|it| it.start == range.start),
                    Tag::Link { dest_url, .. } => {
                        piece
                            .into_iter()
                            .for_each(|it| it.links.push(dest_url.to_string()));
                    }
                    _ => {}
                }
            }
            Event::End(tag) => {
                depth -= 1;
                in_bold &= tag != TagEnd::Strong;
            }
            Event::Text(text) if in_bold => {
                if let Some(Kind::Paragraph(_, lead)) = pieces.last_mut().map(|it| &mut it.kind) {
                    lead.push_str(&text);
                }
            }
            _ => {}
        }
    }
    pieces
}

impl Piece<'_> {
    /// Which of the [`LEADS`] it begins with.
    fn lead(&self) -> Option<usize> {
        match &self.kind {
            Kind::Paragraph(_, lead) => LEADS.iter().position(|(words, _)| words == lead),
            _ => None,
        }
    }

    /// Whether it is code that is run and does what it is shown for.
    fn works(&self) -> bool {
        let Kind::Block(block) = self.kind else {
            return false;
        };
        match block.shown() {
            Shown::Program { .. } => true,
            Shown::Fragment => !block.has_mark("should_panic"),
            _ => false,
        }
    }
}

/// What is wrong with an entry: the pieces below the question in line `line`.
fn faults(book: &Book, chapter: &Chapter, line: usize, pieces: &[&Piece]) -> Vec<Fault> {
    let mut faults: Vec<Fault> = pieces
        .iter()
        .filter(|piece| matches!(piece.kind, Kind::Heading))
        .map(|piece| {
            (
                piece.line,
                "a heading within an entry of the FAQ".to_owned(),
                "make it a paragraph, or a question of its own, `## …`".to_owned(),
            )
        })
        .collect();
    let is_lead = |piece: &&Piece| piece.lead().is_some();
    let begin = pieces.iter().position(is_lead);
    let (opening, answer) = pieces.split_at(begin.unwrap_or_default());
    faults.extend(opening_fault(opening));
    faults.extend(order_faults(line, answer));

    // Each lead has what stands below it, up to the next.
    let mut rest = answer;
    while let [first, below @ ..] = rest {
        let length = below.iter().take_while(|piece| !is_lead(piece)).count();
        let (part, others) = rest.split_at(1 + length);
        rest = others;
        let lead = first.lead().map(|lead| LEADS[lead].0);
        let fault = match lead {
            Some(WHAT_WORKS) => example_fault(part),
            Some(READ_ON) => chapter_fault(book, chapter, part),
            Some(ASKED) => threads_fault(part),
            _ => None,
        };
        faults.extend(fault.map(|(what, mend)| (first.line, what, mend)));
    }
    faults
}

/// What stands above an entry's first lead, in order, where anything does.
const OPENING: [&str; 4] = [
    "a paragraph with the file of a sample",
    "a counter-example or a program",
    "the paragraph `The message:` (or `It prints:`, if it is none)",
    "a `text` block with what the sample gives",
];

/// What leads to the output of a program whose output is no message that somebody looks for.
const PRINTS: &str = "It prints:";

/// That a sample with its message stands above the first lead, or nothing.
fn opening_fault(opening: &[&Piece]) -> Option<Fault> {
    let last = opening.last()?;
    let gives = opening.get(1).and_then(|piece| match piece.kind {
        Kind::Block(block) => match block.shown() {
            Shown::Program { package, name } => Some(Shown::Output { package, name }),
            Shown::CounterExample { package, name } => Some(Shown::Error { package, name }),
            _ => None,
        },
        _ => None,
    });
    let fits = |index: usize, piece: &Piece| match (index, &piece.kind) {
        (0, Kind::Paragraph(..)) => true,
        (1, Kind::Block(_)) => gives.is_some(),
        (2, Kind::Paragraph(text, _)) => *text == PRINTS || faq::leads_to_message(text),
        (3, Kind::Block(block)) => block.language == "text" && Some(block.shown()) == gives,
        _ => false,
    };
    let (line, what) = OPENING
        .iter()
        .enumerate()
        .find_map(|(index, due)| match opening.get(index) {
            Some(piece) if fits(index, piece) => None,
            Some(piece) => Some((piece.line, format!("{due} is due here"))),
            None => Some((last.line, format!("{due} is due below this"))),
        })
        .or_else(|| {
            let piece = opening.get(OPENING.len())?;
            Some((piece.line, "`**In short.**` is due here".to_owned()))
        })?;
    let mend = "begin the entry with a sample that gives a message, then `The message:`, then what \
                it gives; or with `**In short.**`";
    Some((line, what, mend.to_owned()))
}

/// That an entry has the leads in their order.
fn order_faults(line: usize, answer: &[&Piece]) -> Vec<Fault> {
    let bold = |lead: usize| format!("`**{}**`", LEADS[lead].0);
    let found: Vec<(usize, usize)> = answer
        .iter()
        .filter_map(|piece| Some((piece.lead()?, piece.line)))
        .collect();
    let missing = (0..LEADS.len())
        .filter(|lead| LEADS[*lead].1 && found.iter().all(|(other, _)| other != lead))
        .map(|lead| {
            (
                line,
                format!(
                    "this entry has no paragraph that begins with {}",
                    bold(lead)
                ),
                format!("write one, in the order {}", in_order()),
            )
        });
    let misplaced = found.windows(2).filter_map(|pair| {
        let [(above, _), (lead, line)] = [pair[0], pair[1]];
        (lead <= above).then(|| {
            (
                line,
                format!("{} stands below {}", bold(lead), bold(above)),
                format!("write each once, in the order {}", in_order()),
            )
        })
    });
    missing.chain(misplaced).collect()
}

/// The leads as advice names them.
fn in_order() -> String {
    let words = LEADS.map(|(words, is_due)| {
        if is_due {
            words.to_owned()
        } else {
            format!("({words})")
        }
    });
    words.join(" ")
}

/// That an example shows what works.
fn example_fault(part: &[&Piece]) -> Option<(String, String)> {
    let works = part.iter().any(|piece| piece.works());
    (!works).then(|| {
        (
            "no code that is run shows what works".to_owned(),
            "put below it a `rust` block that asserts what it says, or include a program"
                .to_owned(),
        )
    })
}

/// That a chapter is linked which explains more; pages of the FAQ do not.
fn chapter_fault(book: &Book, chapter: &Chapter, part: &[&Piece]) -> Option<(String, String)> {
    let folder = chapter.path.parent().unwrap_or(Path::new(""));
    let is_chapter = |link: &String| {
        let path = link.split('#').next().unwrap_or_default();
        let path = normalized(&folder.join(path));
        book.chapter(&path).is_some() && !path.starts_with(faq::FOLDER)
    };
    let linked = part.iter().flat_map(|piece| &piece.links).any(is_chapter);
    (!linked).then(|| {
        (
            "this links no chapter".to_owned(),
            "link the section that explains it, as `[Tasks](../async/tasks.md#many-tasks)`"
                .to_owned(),
        )
    })
}

/// That it is said where the question was asked.
fn threads_fault(part: &[&Piece]) -> Option<(String, String)> {
    let links: Vec<&String> = part.iter().flat_map(|piece| &piece.links).collect();
    let threads = links
        .iter()
        .filter(|link| link.starts_with("https://"))
        .count();
    let is_whole = threads == links.len() && (1..=THREADS).contains(&threads);
    (!is_whole).then(|| {
        (
            format!(
                "this has {} links, of which {threads} begin with `https://`",
                links.len()
            ),
            format!("link one to {THREADS} places where people asked it, and nothing else"),
        )
    })
}
