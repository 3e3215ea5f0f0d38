//! A FAQ that does not list its entries, or has entries that are not whole.

use super::{SmallBook, reported};

/// The tests; a name says what must be reported, or what must work.
pub const TESTS: [(&str, fn()); 12] = [
    ("a whole FAQ passes", whole_faq),
    ("a FAQ without a list is reported", no_list),
    (
        "a list of questions without one place is reported",
        no_place_for_the_list,
    ),
    (
        "a page of the FAQ without a question is reported",
        page_without_question,
    ),
    ("a FAQ with few questions is reported", few_questions),
    ("a question asked twice is reported", asked_twice),
    ("a sample without its message is reported", no_message),
    (
        "an entry without one of its paragraphs is reported",
        missing_paragraph,
    ),
    (
        "paragraphs of an entry in another order are reported",
        other_order,
    ),
    (
        "an answer without code that is run is reported",
        nothing_that_works,
    ),
    (
        "an entry that leads to no chapter is reported",
        leads_to_no_chapter,
    ),
    (
        "an entry that was asked nowhere, or everywhere, is reported",
        asked_elsewhere,
    ),
];

const LIST: &str = "src/faq/questions.md";
const PAGE: &str = "src/faq/late.md";

/// The sample of an entry, which is a program, and what it prints.
const SAMPLE: &str = "`examples/late/src/bin/late.rs`, run with `cargo run -p late --bin late`:\n\n\
    ```rust\n{{#include ../../examples/late/src/bin/late.rs}}\n```\n\n";
const MESSAGE: &str = "The message:\n\n\
    ```text\n{{#include ../../examples/late/src/bin/late.stdout}}\n```\n\n";

/// A book with a FAQ of 60 entries, the last one on a page of its own. Each has a sample with its
/// message but the first, which is shorter.
fn with_faq() -> SmallBook {
    let book = SmallBook::new();
    book.append(
        "src/SUMMARY.md",
        "- [All](faq/questions.md)\n- [Late](faq/late.md)\n- [Last](faq/last.md)\n",
    );
    book.write(LIST, "# All\n\nPaste it.\n\n<!-- questions -->\n");
    book.package("late");
    book.write(
        "examples/late/src/bin/late.rs",
        "fn main() {\n    println!(\"too late\");\n}\n",
    );
    book.write("examples/late/src/bin/late.stdout", "too late\n");
    let entries: String = (1..60).map(entry).collect();
    book.write(PAGE, &format!("# Late\n\nWhat is late.\n\n{entries}"));
    book.write("src/faq/last.md", &format!("# Last\n\n{}", entry(60)));
    change(&book, 1, &format!("{SAMPLE}{MESSAGE}"), "");
    change(&book, 1, "**What has changed.** It was early.\n\n", "");
    book
}

/// The entry `Question 07?`
fn entry(number: usize) -> String {
    format!(
        "## {}\n\n{SAMPLE}{MESSAGE}\
         **In short.** It is late.\n\n**Why.** It began late.\n\nThat takes time.\n\n\
         **What works.** Begin early:\n\n{SAMPLE}\
         **What has changed.** It was early.\n\n\
         **Read on.** [Lesson](../part/lesson.md#lesson), [Last](last.md).\n\n\
         **Asked.** [here](https://example.org/1), [there](https://example.org/2),\n\
         [elsewhere](https://example.org/3)\n\n",
        question(number)
    )
}

fn question(number: usize) -> String {
    format!("Question {number:02}?")
}

/// Where the entry stands in its page.
fn place(book: &SmallBook, number: usize) -> std::ops::Range<usize> {
    let text = book.read(PAGE);
    let start = text.find(&format!("## {}", question(number)));
    let start = start.expect("the page has the question");
    let length = text[start + 1..].find("\n## ");
    start..length.map_or(text.len(), |length| start + 2 + length)
}

/// Changes one entry.
fn change(book: &SmallBook, number: usize, from: &str, to: &str) {
    let (text, place) = (book.read(PAGE), place(book, number));
    let entry = &text[place.clone()];
    assert!(entry.contains(from), "the entry has `{from}`");
    let changed = entry.replacen(from, to, 1);
    book.write(
        PAGE,
        &format!("{}{changed}{}", &text[..place.start], &text[place.end..]),
    );
}

/// That the tests report these problems, each in the first line of its entry with the first text.
fn reports(book: &SmallBook, problems: &[(usize, &str, &str, &str)]) {
    let output = book.test();
    for (number, begin, what, mend) in problems {
        let (text, place) = (book.read(PAGE), place(book, *number));
        let within = text[place.clone()].find(begin).expect("the entry has it");
        let line = text[..place.start + within].matches('\n').count() + 1;
        reported(&output, &format!("{PAGE}:{line}: {what}"), mend);
    }
}

fn whole_faq() {
    let book = with_faq();
    // There may be several messages, or an output that is none.
    change(&book, 3, "The message:", "The messages:");
    change(&book, 4, "The message:", "It prints:");
    // A fragment shows what works, too; a list and more code may stand anywhere below a lead.
    change(
        &book,
        2,
        &format!("early:\n\n{SAMPLE}"),
        "early:\n\n- now\n\n```text\nnow\n```\n\n```rust\nassert!(true);\n```\n\n",
    );
    book.passes();
}

fn no_list() {
    let book = with_faq();
    book.remove(LIST);
    book.replace("src/SUMMARY.md", "- [All](faq/questions.md)\n", "");
    let what = "the FAQ has no page `faq/questions.md` that lists its questions";
    book.reports("src/SUMMARY.md", 1, what, "a line `<!-- questions -->`");

    let book = with_faq();
    book.replace("src/SUMMARY.md", "- [All](faq/questions.md)\n", "");
    book.append("src/SUMMARY.md", "- [All](faq/questions.md)\n");
    let what = "the list of the questions is not the first page of the FAQ";
    book.reports(LIST, 1, what, "in `SUMMARY.md` above those");
}

fn no_place_for_the_list() {
    let book = with_faq();
    book.replace(LIST, "<!-- questions -->", "A `<!-- questions -->`.");
    let what = "there is no place for the list of the questions";
    book.reports(LIST, 1, what, "a line `<!-- questions -->`");

    let book = with_faq();
    book.append(LIST, "\nOnce more:\n\n<!-- questions -->\n");
    let what = "a second place for the list of the questions";
    book.reports(LIST, 9, what, "take one of the two out");
}

fn page_without_question() {
    let book = with_faq();
    book.append("src/SUMMARY.md", "- [None](faq/none.md)\n");
    book.write("src/faq/none.md", "# None\n\nTo be written.\n");
    let what = "a page without an entry: `faq/questions.md` does not list it";
    book.reports("src/faq/none.md", 1, what, "a heading `## …`");
}

fn few_questions() {
    let book = with_faq();
    let text = book.read(PAGE);
    book.write(PAGE, &text[..place(&book, 59).start]);
    let what = "the FAQ has 59 entries, and 60 are due";
    book.reports(LIST, 1, what, "asked again and again");
}

fn asked_twice() {
    let book = with_faq();
    change(&book, 7, &question(7), "QUESTION 03?");
    let text = book.read(PAGE);
    let line = |number| text[..number].matches('\n').count() + 1;
    let (first, second) = (line(place(&book, 3).start), book.line(PAGE, "QUESTION 03?"));
    let what = format!("`{PAGE}` asks this too, in line {first}");
    book.reports(
        PAGE,
        second,
        &what,
        "let each question say what only it asks",
    );
}

fn no_message() {
    let book = with_faq();
    let [sample, text] = ["```rust\n", "```text\n"];
    // Another lead, none, another sample's output, prose above the sample and below the message.
    change(&book, 2, "The message:", "So:");
    change(&book, 3, MESSAGE, "");
    change(&book, 4, "late.stdout", "late.rs");
    change(&book, 4, text, sample);
    change(&book, 5, sample, "A program:\n\n```rust\n");
    change(&book, 6, "**In short.**", "More of it.\n\n**In short.**");
    change(&book, 7, SAMPLE, "");
    change(
        &book,
        8,
        "{{#include ../../examples/late/src/bin/late.stdout}}",
        "too late",
    );
    let mend = "begin the entry with a sample that gives a message";
    let lead = "the paragraph `The message:` (or `It prints:`, if it is none) is due";
    let [here, below] = ["here", "below this"].map(|place| format!("{lead} {place}"));
    let due = "a `text` block with what the sample gives is due here";
    reports(
        &book,
        &[
            (2, "So:", &here, mend),
            (3, sample, &below, mend),
            (
                4,
                "```rust\n{{#include ../../examples/late/src/bin/late.rs}}\n```\n\n**In",
                due,
                mend,
            ),
            (
                5,
                "A program:",
                "a counter-example or a program is due here",
                mend,
            ),
            (6, "More of it.", "`**In short.**` is due here", mend),
            (7, text, "a counter-example or a program is due here", mend),
            (8, text, due, mend),
        ],
    );
}

fn missing_paragraph() {
    let book = with_faq();
    let leads = ["In short.", "Why.", "What works.", "Read on.", "Asked."];
    let mend = "in the order In short. Why. What works. (What has changed.) Read on. Asked.";
    let mut problems = Vec::new();
    let what =
        leads.map(|lead| format!("this entry has no paragraph that begins with `**{lead}**`"));
    for (number, (lead, what)) in (2..).zip(leads.iter().zip(&what)) {
        // In another form it is none.
        change(&book, number, &format!("**{lead}**"), lead);
        problems.push((number, "## ", &**what, mend));
    }
    // Not at the beginning of a paragraph either.
    change(&book, 8, "**Why.**", "This is **Why.**");
    problems.push((8, "## ", &what[1], mend));
    reports(&book, &problems);
}

fn other_order() {
    let book = with_faq();
    change(&book, 2, "**Why.**", "**What works.**");
    change(&book, 2, "**What works.** Begin", "**Why.** Begin");
    change(&book, 3, "That takes", "**Why.** That takes");
    change(&book, 4, "That takes", "### More\n\nThat takes");
    change(&book, 5, "That takes", "#### More\n\nThat takes");
    let mend = "in the order In short. Why.";
    let heading = "a heading within an entry of the FAQ";
    reports(
        &book,
        &[
            (
                2,
                "**Why.**",
                "`**Why.**` stands below `**What works.**`",
                mend,
            ),
            (
                3,
                "**Why.** That",
                "`**Why.**` stands below `**Why.**`",
                mend,
            ),
            (4, "### More", heading, "a question of its own"),
            (5, "#### More", heading, "a question of its own"),
        ],
    );
}

fn nothing_that_works() {
    let book = with_faq();
    let works = format!("early:\n\n{SAMPLE}");
    for (number, instead) in [
        (2, "early."),
        (3, "early:\n\n```text\nlet early = true\n```"),
        (4, "early:\n\n```rust,should_panic\npanic!(\"late\");\n```"),
        // What shows how it was, below the next lead, does not count.
        (
            5,
            "early.\n\n**What has changed.** This:\n\n```rust\nassert!(true);\n```",
        ),
    ] {
        change(&book, number, &works, &format!("{instead}\n\n"));
    }
    change(&book, 5, "**What has changed.** It was early.\n\n", "");
    let what = "no code that is run shows what works";
    reports(
        &book,
        &[2, 3, 4, 5].map(|number| (number, "**What works.**", what, "a `rust` block")),
    );
}

fn leads_to_no_chapter() {
    let book = with_faq();
    let chapter = "[Lesson](../part/lesson.md#lesson)";
    change(&book, 2, chapter, "[Lesson](https://example.org/lesson.md)");
    change(&book, 3, chapter, "[above](#question-02)");
    change(
        &book,
        4,
        &format!("{chapter}, [Last](last.md)"),
        "the lesson",
    );
    let what = "this links no chapter";
    reports(
        &book,
        &[2, 3, 4].map(|number| (number, "**Read on.**", what, "`[Tasks](../async/tasks.md")),
    );
}

fn asked_elsewhere() {
    let book = with_faq();
    let more = "[more](https://example.org/4), [there](https://example.org/2)";
    change(&book, 2, "[there](https://example.org/2)", more);
    change(&book, 3, "https://example.org/1", "http://example.org/1");
    change(
        &book,
        4,
        "[here](https://example.org/1), [there](https://example.org/2),\n",
        "",
    );
    change(
        &book,
        4,
        "[elsewhere](https://example.org/3)",
        "Everywhere.",
    );
    change(&book, 5, "https://example.org/1", "../part/lesson.md");
    let mend = "link one to 3 places where people asked it";
    reports(
        &book,
        &[
            (
                2,
                "**Asked.**",
                "this has 4 links, of which 4 begin with `https://`",
                mend,
            ),
            (
                3,
                "**Asked.**",
                "this has 3 links, of which 2 begin with `https://`",
                mend,
            ),
            (
                4,
                "**Asked.**",
                "this has 0 links, of which 0 begin with `https://`",
                mend,
            ),
            (
                5,
                "**Asked.**",
                "this has 3 links, of which 2 begin with `https://`",
                mend,
            ),
        ],
    );
}
