//! The six programs print the same, before the change request and after it, whatever the log; and
//! what the chapter shows and counts of the change is what has changed.
//!
//! `SNAPSHOTS=overwrite cargo test -p paradigms` writes the files `changed/*.diff` anew.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
#[cfg(target_os = "linux")]
use std::process::Stdio;
#[cfg(target_os = "linux")]
use std::time::{Duration, Instant};

use snapbox::{Data, assert_data_eq};
use tempfile::NamedTempFile;

/// The six names, as the chapter's table spells them, each with its program and the same program
/// after the change request.
const PROGRAMS: [(&str, &str, &str); 6] = [
    (
        "imperative",
        env!("CARGO_BIN_EXE_hours_imperative"),
        env!("CARGO_BIN_EXE_hours_imperative_changed"),
    ),
    (
        "functional",
        env!("CARGO_BIN_EXE_hours_functional"),
        env!("CARGO_BIN_EXE_hours_functional_changed"),
    ),
    (
        "declarative",
        env!("CARGO_BIN_EXE_hours_declarative"),
        env!("CARGO_BIN_EXE_hours_declarative_changed"),
    ),
    (
        "object-oriented",
        env!("CARGO_BIN_EXE_hours_object_oriented"),
        env!("CARGO_BIN_EXE_hours_object_oriented_changed"),
    ),
    (
        "event-driven",
        env!("CARGO_BIN_EXE_hours_event_driven"),
        env!("CARGO_BIN_EXE_hours_event_driven_changed"),
    ),
    (
        "concurrent",
        env!("CARGO_BIN_EXE_hours_concurrent"),
        env!("CARGO_BIN_EXE_hours_concurrent_changed"),
    ),
];

/// What `access.log` holds, and so what the changed programs print. Before the change, they print
/// what stands above `errors`.
const CHAPTER_LOG: &str = "\
requests
  09:00 7
  17:00 5
  12:00 4
errors
  14:00 3
  13:00 2
  03:00 1
";

#[test]
fn the_log_of_the_chapter() {
    let requests_only = &CHAPTER_LOG[..CHAPTER_LOG.find("errors").expect("it is there")];
    for (name, program, changed) in PROGRAMS {
        assert_eq!(run(program, None), (requests_only.into(), vec![]), "{name}");
        assert_eq!(run(changed, None), (CHAPTER_LOG.into(), vec![]), "{name}");
    }
}

#[test]
fn a_thousand_requests_are_counted_right_by_all() {
    // 7919 is prime to 24 and to 5, so hours and statuses mix. The square makes some hours busier.
    let requests: Vec<(usize, u16)> = (0..1000)
        .map(|n| (n * n * 7919 % 24, [200, 304, 404, 499, 500][n % 5]))
        .collect();
    check(&requests, &[]);
}

#[test]
fn among_equally_busy_hours_the_earlier_come_first() {
    check(
        &[
            (23, 599),
            (4, 500),
            (0, 500),
            (11, 503),
            (4, 200),
            (11, 200),
        ],
        &[],
    );
}

#[test]
fn an_empty_log_and_one_that_is_shorter_than_the_threads_are_many() {
    check(&[], &[]);
    check(&[(5, 200)], &[]);
    check(&[(5, 200), (6, 200), (5, 503)], &[]);
}

#[test]
fn lines_that_are_no_request_are_skipped_and_reported() {
    check(
        &[(9, 200), (9, 502), (10, 200)],
        &[
            "",
            "log rotated",
            r#"192.0.2.7 - - [16/Mar/2026:24:00:00 +0000] "GET / HTTP/1.1" 200 5120"#,
            r#"192.0.2.7 - - [16/Mar/2026:09:00:00 +0000] "GET / HTTP/1.1" OK 5120"#,
            r#"192.0.2.7 - - [16/Mar/2026:09:00:00 +0000] "GET / HT"#,
        ],
    );
}

#[test]
fn the_threads_agree_every_time() {
    let (_, program, changed) = PROGRAMS[5];
    for _ in 0..25 {
        let (stdout, _) = run(program, None);
        assert!(CHAPTER_LOG.starts_with(&stdout));
        assert_eq!(run(changed, None).0, CHAPTER_LOG);
    }
}

/// Each thread meets a line that is no request, and reports it on stderr. Nobody reads stderr, and
/// a line is longer than what a pipe holds: so a thread that has begun to count cannot end. If all
/// four have begun, their work overlaps.
#[test]
#[cfg(target_os = "linux")]
fn the_threads_overlap() {
    let (_, program, changed) = PROGRAMS[5];
    let mut log = NamedTempFile::new().expect("a file can be made");
    for _ in 0..4 {
        writeln!(log, "{}", "x".repeat(4 << 20)).expect("the file can be written");
    }
    for program in [program, changed] {
        let child = Command::new(program)
            .arg(log.path())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("cargo has built it");
        let threads = || {
            let tasks = std::fs::read_dir(format!("/proc/{}/task", child.id()));
            tasks.expect("the process has not ended").count()
        };
        let start = Instant::now();
        while threads() < 1 + 4 && start.elapsed() < Duration::from_secs(30) {
            std::thread::sleep(Duration::from_millis(1));
        }
        let seen = threads();
        // Now the pipe is read, and the program can end.
        let output = child
            .wait_with_output()
            .expect("it has not been waited for");
        assert!(output.status.success());
        assert_eq!(seen, 1 + 4, "`main` and four threads");
    }
}

#[test]
fn the_chapter_shows_what_changed() {
    let stdout = package().join("changed/hours.stdout");
    assert_data_eq!(CHAPTER_LOG, Data::read_from(&stdout, None).raw());
    for (name, _, _) in PROGRAMS {
        let file = name.replace('-', "_");
        let shown = package().join(format!("changed/hours_{file}.diff"));
        assert_data_eq!(excerpt(&diff(name)), Data::read_from(&shown, None).raw());
    }
}

#[test]
fn the_chapter_counts_what_changed() {
    let chapter = include_str!("../../../src/concurrency/paradigms.md");
    for (name, _, _) in PROGRAMS {
        let diff = diff(name);
        let lines = |sign| {
            let of_sign = diff
                .iter()
                .filter(|(s, line)| *s == sign && !line.is_empty());
            of_sign.count()
        };
        let (gone, new) = (lines('-'), lines('+'));
        let whole = lines(' ') + gone;
        let row = format!("| {name} | {whole} | {gone} | {new} |");
        let is_counted = chapter.lines().any(|line| line.starts_with(&row));
        assert!(is_counted, "src/concurrency/paradigms.md has no row\n{row}");
    }
}

/// Runs all programs on a log of these requests, with the other lines strewn in, and compares what
/// they print with what a count by another way gives.
fn check(requests: &[(usize, u16)], others: &[&str]) {
    let mut file = NamedTempFile::new().expect("a file can be made");
    let mut others_left = others.iter();
    for (hour, status) in requests {
        for other in others_left.by_ref().take(2) {
            writeln!(file, "{other}").expect("the file can be written");
        }
        let line =
            format!("192.0.2.7 - - [16/Mar/2026:{hour:02}:59:59 +0000] \"GET /\" {status} 9");
        writeln!(file, "{line}").expect("the file can be written");
    }
    assert_eq!(others_left.next(), None, "all lines are in the log");
    let mut skipped: Vec<String> = others
        .iter()
        .map(|line| format!("skipped: {line}"))
        .collect();
    skipped.sort();

    let all = ranking("requests", requests.iter().map(|(hour, _)| *hour));
    let failed = requests.iter().filter(|(_, status)| *status >= 500);
    let both = format!("{all}{}", ranking("errors", failed.map(|(hour, _)| *hour)));
    for (name, program, changed) in PROGRAMS {
        let path = Some(file.path());
        assert_eq!(run(program, path), (all.clone(), skipped.clone()), "{name}");
        assert_eq!(
            run(changed, path),
            (both.clone(), skipped.clone()),
            "{name} changed"
        );
    }
}

/// What the programs should print of these hours: the most frequent one, then the most frequent of
/// what is left.
fn ranking(title: &str, hours: impl Iterator<Item = usize>) -> String {
    let mut left: Vec<usize> = hours.collect();
    let mut text = format!("{title}\n");
    for _ in 0..3 {
        let times = |hour: usize| left.iter().filter(|h| **h == hour).count();
        let Some(most) = (0..24).map(times).max().filter(|most| *most > 0) else {
            break;
        };
        let hour = (0..24)
            .find(|hour| times(*hour) == most)
            .expect("one has the most");
        writeln!(text, "  {hour:02}:00 {most}").expect("a string can be written");
        left.retain(|other| *other != hour);
    }
    text
}

/// What a program prints, and its lines on stderr, sorted: four threads may report in any order.
fn run(program: &str, log: Option<&Path>) -> (String, Vec<String>) {
    let output = Command::new(program)
        .args(log)
        .output()
        .expect("cargo has built it");
    let text = |bytes| String::from_utf8(bytes).expect("it prints UTF-8");
    assert!(
        output.status.success(),
        "{program}: {}",
        text(output.stderr)
    );
    let mut reports: Vec<String> = text(output.stderr).lines().map(str::to_owned).collect();
    reports.sort();
    (text(output.stdout), reports)
}

/// The lines of a program and of the changed one: `-` if only the first has it, `+` if only the
/// second, a space if both; with as few `-` and `+` as can be.
fn diff(name: &str) -> Vec<(char, String)> {
    let (before, after) = (source("src/bin", name), source("changed", name));
    let before: Vec<&str> = before.lines().collect();
    let after: Vec<&str> = after.lines().collect();
    // The length of the longest common subsequence of what follows line `b` and line `a`.
    let mut common = vec![vec![0; after.len() + 1]; before.len() + 1];
    for b in (0..before.len()).rev() {
        for a in (0..after.len()).rev() {
            common[b][a] = if before[b] == after[a] {
                common[b + 1][a + 1] + 1
            } else {
                common[b + 1][a].max(common[b][a + 1])
            };
        }
    }
    let (mut b, mut a, mut lines) = (0, 0, Vec::new());
    while b < before.len() || a < after.len() {
        if b < before.len() && a < after.len() && before[b] == after[a] {
            lines.push((' ', before[b].to_owned()));
            (b, a) = (b + 1, a + 1);
        } else if a == after.len() || b < before.len() && common[b + 1][a] >= common[b][a + 1] {
            lines.push(('-', before[b].to_owned()));
            b += 1;
        } else {
            lines.push(('+', after[a].to_owned()));
            a += 1;
        }
    }
    lines
}

/// The lines of a diff that differ, each with the line before and behind it, and `...` for those
/// that are left out between them.
fn excerpt(diff: &[(char, String)]) -> String {
    let differs = |n: usize| diff.get(n).is_some_and(|(sign, _)| *sign != ' ');
    let near = |n: usize| {
        let blank = diff[n].1.is_empty();
        differs(n) || !blank && (differs(n + 1) || n > 0 && differs(n - 1))
    };
    let mut text = String::new();
    for (n, (sign, line)) in diff.iter().enumerate() {
        if near(n) {
            if n > 0 && !near(n - 1) && !text.is_empty() {
                text.push_str(" ...\n");
            }
            writeln!(text, "{}", format!("{sign}{line}").trim_end()).expect("it can be written");
        }
    }
    text
}

fn source(dir: &str, name: &str) -> String {
    let path = package().join(format!("{dir}/hours_{}.rs", name.replace('-', "_")));
    std::fs::read_to_string(path).expect("the program is there")
}

fn package() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
