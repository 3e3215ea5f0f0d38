//! What of a compiler's or a program's message identifies it: the lines by which a list of messages
//! shows it.

use std::collections::HashSet;

/// A program's message up to this long is shown whole.
const SHORT: usize = 3;

/// So many more lines tell a message from others with the same headlines.
const TELLING: usize = 2;

/// An error of so few words, such as `mismatched types`, says little of what is wrong.
const FEW: usize = 3;

/// The end of what the compiler says, whatever it has said before.
const CLOSING: [&str; 2] = ["error: aborting", "error: could not compile"];

/// The lines that identify each message: of the compiler's, the errors and warnings; of a
/// program's, all lines or the first. Where these are of few words, or other messages have them too,
/// those that tell it apart follow: of its help, its labels and its notes, two that no other message
/// has.
pub fn headlines(messages: &[&str]) -> Vec<Vec<String>> {
    let main: Vec<Vec<String>> = messages.iter().map(|message| main(message)).collect();
    let own: Vec<HashSet<String>> = messages
        .iter()
        .map(|message| texts(message).into_iter().map(|(_, text)| text).collect())
        .collect();
    let is_elsewhere = |among: &[HashSet<String>], index: usize, text: &String| {
        among
            .iter()
            .enumerate()
            .any(|(other, texts)| other != index && texts.contains(text))
    };
    let headlines: Vec<HashSet<String>> = main
        .iter()
        .map(|lines| lines.iter().cloned().collect())
        .collect();
    (0..messages.len())
        .map(|index| {
            let mut lines = main[index].clone();
            if lines
                .iter()
                .all(|line| is_bare(line) || is_elsewhere(&headlines, index, line))
            {
                let mut telling: Vec<(Kind, String)> = texts(messages[index]);
                telling
                    .retain(|(_, text)| !lines.contains(text) && !is_elsewhere(&own, index, text));
                telling.sort_by_key(|(kind, _)| *kind);
                lines.extend(telling.into_iter().take(TELLING).map(|(_, text)| text));
            }
            lines
        })
        .collect()
}

/// The errors and warnings; if there are none, the whole of a short message, or its first line.
fn main(message: &str) -> Vec<String> {
    let is_closing = |line: &&str| CLOSING.iter().any(|closing| line.starts_with(closing));
    let mut lines: Vec<&str> = message
        .lines()
        .filter(|line| is_headline(line) && !is_closing(line))
        .collect();
    if lines.is_empty() {
        lines = message
            .lines()
            .filter(|line| !line.trim().is_empty())
            .collect();
        if lines.len() > SHORT {
            lines.truncate(1);
        }
    }
    let mut seen = HashSet::new();
    lines.retain(|line| seen.insert(*line));
    lines
        .into_iter()
        .map(|line| line.trim().to_owned())
        .collect()
}

/// `error: …`, `error[E0277]: …`, `warning: …`
fn is_headline(line: &str) -> bool {
    ["error", "warning"]
        .iter()
        .filter_map(|level| line.strip_prefix(level))
        .any(|rest| rest.starts_with([':', '[']))
}

/// Whether a headline has few words.
fn is_bare(line: &str) -> bool {
    let said = line.split_once(": ").filter(|_| is_headline(line));
    said.is_some_and(|(_, said)| said.split_whitespace().count() <= FEW)
}

/// What a line of the compiler's is, the most telling first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Help,
    Label,
    Note,
    Other,
}

/// The lines that have a text of the message's own, each without what draws it: not the places
/// (`--> src/main.rs:1:1`) and not the quoted source.
fn texts(message: &str) -> Vec<(Kind, String)> {
    let is_compilers = message.lines().any(is_headline);
    let text = |line: &str| {
        let line = line.trim();
        let unquoted = line.trim_start_matches(|c: char| c.is_ascii_digit());
        let is_quote =
            unquoted.len() < line.len() && unquoted.trim_start().starts_with(['|', '+', '~', '-']);
        if line.is_empty() || is_headline(line) {
            None
        } else if !is_compilers {
            Some((Kind::Other, line.to_owned()))
        } else if is_quote || line.starts_with("-->") || line.starts_with(":::") {
            None
        } else if let Some(label) = line.strip_prefix('|') {
            // `|   |______^ has type …`
            let drawing = |c: char| c.is_whitespace() || "|_^-~+".contains(c);
            let label = label.trim_start_matches(drawing);
            (!label.is_empty()).then(|| (Kind::Label, label.to_owned()))
        } else {
            let said = line.trim_start_matches("= ");
            let kind = match said.split(':').next() {
                Some("help") => Kind::Help,
                Some("note") => Kind::Note,
                _ => Kind::Other,
            };
            Some((kind, line.to_owned()))
        }
    };
    message.lines().filter_map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::headlines;

    /// A message as the compiler words it, with what differs in place of `TYPE`.
    const NOT_SEND: &str = "error: future cannot be sent between threads safely
  --> compile-fail/task.rs:8:5
   |
 8 | /     tokio::spawn(async move {
 9 | |         wait().await;
10 | |     });
   | |______^ future created by async block is not `Send`
   |
   = help: within `{async block}`, the trait `Send` is not implemented for `TYPE`
note: future is not `Send` as this value is used across an await
   |
 8 |     let name = TYPE::from(\"a\");
   |         ---- has type `TYPE` which is not `Send`
help: consider this
   |
 8 +     error: this is source
";

    #[test]
    fn a_compilers_message_is_its_errors_and_warnings() {
        let message = "warning: unused import\n --> a.rs\n\nerror[E0277]: no\n\nerror[E0277]: no\n\
                       \nerror: aborting due to 1 previous error\n\nerror: could not compile `a`\n";
        assert_eq!(
            headlines(&[message]),
            [["warning: unused import", "error[E0277]: no"]]
        );
        assert_eq!(headlines(&[NOT_SEND])[0].len(), 1);
    }

    #[test]
    fn what_tells_messages_with_one_headline_apart_is_added() {
        let [rc, cell] = ["Rc<str>", "Cell<u8>"].map(|it| NOT_SEND.replace("TYPE", it));
        let lines = headlines(&[&rc, &cell, "deadline has elapsed\n"]);
        assert_eq!(
            lines[0],
            [
                "error: future cannot be sent between threads safely",
                "= help: within `{async block}`, the trait `Send` is not implemented for `Rc<str>`",
                "has type `Rc<str>` which is not `Send`"
            ]
        );
        assert!(lines[1][1].ends_with("`Cell<u8>`"), "{lines:?}");
        assert_eq!(lines[2], ["deadline has elapsed"]);
        // One headline of its own is enough, and where nothing differs there is nothing to add.
        let more = format!("{rc}\nerror[E0308]: mismatched types\n");
        let lines = headlines(&[&rc, &rc, &more]);
        assert_eq!(lines.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1, 2]);
    }

    #[test]
    fn a_headline_of_few_words_is_not_enough() {
        let message = "error[E0308]: mismatched types\n  |\n8 |     a\n  |     ^ expected `i32`\n";
        let lines = headlines(&[message, "error: queue full of tickets\n  |\n  | ^ here\n"]);
        assert_eq!(
            lines[0],
            ["error[E0308]: mismatched types", "expected `i32`"]
        );
        assert_eq!(lines[1].len(), 1);
    }

    #[test]
    fn a_programs_message_is_whole_if_it_is_short() {
        assert_eq!(
            headlines(&["one\n\n two\nthree\n"]),
            [["one", "two", "three"]]
        );
        assert_eq!(headlines(&["one\ntwo\nthree\nfour\n"]), [["one"]]);
        let lines = headlines(&["one\ntwo\nthree\nfour\n", "one\n"]);
        assert_eq!(lines[0], ["one", "two", "three"]);
        assert_eq!(lines[1], ["one"]);
    }
}
