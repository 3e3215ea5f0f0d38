//! What the tests report: a place in the repository, what is wrong there, how to mend it.

use std::fmt;
use std::path::{Path, PathBuf};

/// Something wrong in the book, told so that its author can mend it at once.
///
/// Prints as `file:line: what is wrong`, then a line `  mend: …`, then the details, if any: the
/// compiler's or the program's own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file, relative to the root of the book.
    pub file: PathBuf,
    /// The line in that file, counted from 1.
    pub line: usize,
    /// What is wrong: one sentence, no full stop.
    pub what: String,
    /// What to do about it: one sentence, no full stop.
    pub mend: String,
    /// Output of a tool that shows the problem; may be empty.
    pub details: String,
}

impl Problem {
    /// A problem at `line` (counted from 1) of `file` (relative to the book's root).
    pub fn new(
        file: impl AsRef<Path>,
        line: usize,
        what: impl Into<String>,
        mend: impl Into<String>,
    ) -> Self {
        Problem {
            file: file.as_ref().to_path_buf(),
            line,
            what: what.into(),
            mend: mend.into(),
            details: String::new(),
        }
    }

    /// The same problem with a tool's output below it.
    pub fn with_details(mut self, details: impl Into<String>) -> Self {
        self.details = details.into();
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Problem {
            line, what, mend, ..
        } = self;
        write!(f, "{}:{line}: {what}\n  mend: {mend}", slashed(&self.file))?;
        for line in self.details.trim_end().lines() {
            write!(f, "\n  | {line}")?;
        }
        Ok(())
    }
}

/// `path` with forward slashes on every platform, as Markdown and people write it.
pub fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
