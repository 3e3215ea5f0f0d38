//! What the six programs of the chapter share: an access log, and what one line of it says.
//!
//! [`read_log`] gives the text, [`requests`] turns lines into [`Request`]s. The counting is not
//! here: it is what the programs do, each in its way. Three of them differ also in how they find
//! the busiest hours; the others call [`print_busiest`].

#![forbid(unsafe_code)]

use std::cmp::Reverse;
use std::{env, fs, io};

// ANCHOR: request
/// What the chapter needs to know of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    /// The hour of the day, from 0 to 23.
    pub hour: usize,
    /// The status that the server answered with: 200, 404, 503.
    pub status: u16,
}

/// The requests that these lines tell of. A line that tells of none is skipped, and reported on
/// stderr.
pub fn requests<'a>(lines: impl IntoIterator<Item = &'a str>) -> impl Iterator<Item = Request> {
    lines.into_iter().filter_map(|line| {
        let request = Request::parse(line);
        if request.is_none() {
            eprintln!("skipped: {line}");
        }
        request
    })
}
// ANCHOR_END: request

// ANCHOR: print_busiest
/// Prints the title and the three hours with the highest counts. Hours without
/// any are left out; of equally busy ones, the earlier comes first.
pub fn print_busiest(title: &str, counts: &[u32; 24]) {
    let mut hours: Vec<usize> = (0..24).collect();
    hours.retain(|&hour| counts[hour] > 0);
    hours.sort_by_key(|&hour| Reverse(counts[hour])); // equal ones stay in order
    println!("{title}");
    for hour in hours.into_iter().take(3) {
        println!("  {hour:02}:00 {}", counts[hour]);
    }
}
// ANCHOR_END: print_busiest

/// The log in the file that the program's first argument names; without one, the log that the
/// chapter counts, `access.log`.
///
/// # Errors
/// If the file can't be read, or is not UTF-8.
pub fn read_log() -> io::Result<String> {
    match env::args_os().nth(1) {
        Some(path) => fs::read_to_string(path),
        None => Ok(include_str!("../access.log").to_owned()),
    }
}

impl Request {
    /// Reads one line in the Common Log Format.
    ///
    /// ```
    /// use paradigms::Request;
    ///
    /// let line = r#"192.0.2.7 - - [16/Mar/2026:09:12:44 +0000] "GET / HTTP/1.1" 200 5120"#;
    /// let request = Request { hour: 9, status: 200 };
    /// assert_eq!(Request::parse(line), Some(request));
    /// assert_eq!(Request::parse("log rotated"), None);
    /// ```
    #[must_use]
    pub fn parse(line: &str) -> Option<Self> {
        let (_, rest) = line.split_once('[')?;
        let (time, rest) = rest.split_once("] \"")?;
        let (_, rest) = rest.rsplit_once("\" ")?;
        let hour = time.split(':').nth(1)?.parse().ok()?;
        let status = rest.split(' ').next()?.parse().ok()?;
        (hour < 24).then_some(Self { hour, status })
    }
}
