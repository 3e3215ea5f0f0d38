//! The file of results.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use crate::Scale;
use crate::case::{Figure, Unit};
use crate::machine::Machine;
use crate::statistics::Summary;

/// The version of the file's format. It grows when the meaning of a field or of a key changes.
pub const SCHEMA: u32 = 1;

/// The results that come with the book.
const REFERENCE: &str = include_str!("../reference.json");

/// A quantity with its values.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Measurement {
    /// Its name: `echo/threads/100/throughput`.
    pub key: String,
    /// The unit of its values.
    pub unit: Unit,
    /// One for each repetition.
    pub values: Vec<f64>,
}

/// What came of measuring a quantity.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
#[serde(untagged)]
pub enum Outcome {
    /// It has values.
    Measured(Measurement),
    /// This machine can't measure it.
    Skipped {
        /// Its name.
        key: String,
        /// Why it is not measured.
        skipped: String,
    },
}

impl Outcome {
    /// The name of the quantity.
    pub fn key(&self) -> &str {
        match self {
            Outcome::Measured(Measurement { key, .. }) | Outcome::Skipped { key, .. } => key,
        }
    }

    /// Why it has no values.
    pub fn why(&self) -> Option<&str> {
        match self {
            Outcome::Measured(_) => None,
            Outcome::Skipped { skipped, .. } => Some(skipped),
        }
    }

    /// The values, one for each repetition; none if it was skipped.
    pub fn values(&self) -> &[f64] {
        match self {
            Outcome::Measured(Measurement { values, .. }) => values,
            Outcome::Skipped { .. } => &[],
        }
    }

    /// What the values come to.
    pub fn summary(&self) -> Option<Summary> {
        match self {
            Outcome::Measured(Measurement { values, .. }) => Summary::of(values),
            Outcome::Skipped { .. } => None,
        }
    }

    /// Adds the figure of one more repetition. Once something is skipped, it stays so.
    pub fn add(&mut self, figure: Figure) {
        match (&mut *self, figure) {
            (Outcome::Measured(measurement), Figure::Value(value)) => {
                measurement.values.push(value);
            }
            (Outcome::Measured(measurement), Figure::Skipped(why)) => {
                let key = std::mem::take(&mut measurement.key);
                *self = Outcome::Skipped { key, skipped: why };
            }
            (Outcome::Skipped { .. }, _) => {}
        }
    }
}

/// What one machine has measured.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Results {
    /// [`SCHEMA`].
    pub schema: u32,
    /// When it was measured.
    pub date: Timestamp,
    /// How much was measured.
    pub scale: Scale,
    /// Where it was measured.
    pub machine: Machine,
    /// [`machine::load`](crate::machine::load) before the first case.
    pub load_before: Option<f64>,
    /// What was measured.
    pub outcomes: Vec<Outcome>,
}

/// What every version of the file has.
#[derive(Deserialize)]
struct Version {
    schema: u32,
}

impl Results {
    /// The outcomes, measured now on this machine, which had this load before.
    pub fn now(scale: Scale, load_before: Option<f64>, outcomes: Vec<Outcome>) -> Results {
        Results {
            schema: SCHEMA,
            date: Timestamp::now(),
            scale,
            machine: Machine::this(),
            load_before,
            outcomes,
        }
    }

    /// What came of this quantity, if it was tried.
    pub fn outcome(&self, key: &str) -> Option<&Outcome> {
        self.outcomes.iter().find(|outcome| outcome.key() == key)
    }

    /// The results that come with the book.
    ///
    /// # Errors
    /// If `reference.json` was not recorded again after the format changed.
    pub fn reference() -> Result<Results> {
        Results::parse(REFERENCE).context("the recorded reference can't be used")
    }

    /// Reads a file of results.
    ///
    /// # Errors
    /// If it can't be read, is no file of results, or is one of another version.
    pub fn read(file: &Path) -> Result<Results> {
        let text = fs::read_to_string(file)
            .with_context(|| format!("can't read the results in `{}`", file.display()))?;
        Results::parse(&text).with_context(|| format!("can't use `{}`", file.display()))
    }

    fn parse(text: &str) -> Result<Results> {
        let Version { schema } = serde_json::from_str(text)
            .context("this is no file that `measured` has written: record it again")?;
        if schema != SCHEMA {
            bail!(
                "its format has version {schema}, and this program knows version {SCHEMA}: \
                 record it again with the same version of the book"
            );
        }
        let results: Results = serde_json::from_str(text)
            .context("something in it is not as `measured` writes it: record it again")?;
        for outcome in &results.outcomes {
            if let Outcome::Measured(measurement) = outcome
                && measurement.values.is_empty()
            {
                bail!("`{}` in it has no values: record it again", measurement.key);
            }
        }
        Ok(results)
    }

    /// Writes the results to a file, whole or not at all: to a temporary file in the same folder
    /// first, which then takes the name. A file of that name is replaced.
    ///
    /// # Errors
    /// If the file can't be written.
    pub fn write(&self, file: &Path) -> Result<()> {
        let write = || -> io::Result<()> {
            let mut temporary = temporary_beside(file)?;
            let mut writer = BufWriter::new(temporary.as_file_mut());
            serde_json::to_writer_pretty(&mut writer, self)?;
            writer.write_all(b"\n")?;
            writer.flush()?;
            drop(writer);
            temporary.as_file().sync_all()?;
            temporary.persist(file)?;
            Ok(())
        };
        write().with_context(|| format!("can't write `{}`", file.display()))
    }
}

/// Makes sure, before anything is measured, that a file can be written there: makes its folder, and
/// a file in it that goes away again.
///
/// # Errors
/// If that does not work.
pub fn check_writable(file: &Path) -> Result<()> {
    if file.is_dir() {
        bail!(
            "`{}` is a folder: name a file in it with --output",
            file.display()
        );
    }
    fs::create_dir_all(folder_of(file))
        .and_then(|()| temporary_beside(file))
        .with_context(|| {
            format!(
                "can't write to `{}`: choose another place with --output",
                file.display()
            )
        })?;
    Ok(())
}

fn temporary_beside(file: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".measured-").suffix(".json");
    // `make_in`, because the file shall have the permissions of any new one, not those of a secret.
    builder.make_in(folder_of(file), |path| {
        File::options().write(true).create_new(true).open(path)
    })
}

fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Where results go if nothing else is said: `measured/DATE.json` in cargo's target folder, which is
/// two levels above the program.
///
/// # Errors
/// If the system does not say where this program is.
pub fn default_file(date: Timestamp) -> Result<PathBuf> {
    let program = std::env::current_exe().context("can't find this program's own file")?;
    let target = program
        .parent()
        .and_then(Path::parent)
        .context("this program is not in cargo's target folder: use --output")?;
    // No colons: Windows does not allow them in a name.
    let name = date.strftime("%Y-%m-%dT%H%M%SZ.json").to_string();
    Ok(target.join("measured").join(name))
}

#[cfg(test)]
mod tests {
    use super::{Measurement, Outcome, Results, SCHEMA};
    use crate::Scale;
    use crate::case::{Figure, Unit};

    fn results() -> Results {
        let outcomes = vec![
            Outcome::Measured(Measurement {
                key: "creation/task/spawn".to_owned(),
                unit: Unit::Microseconds,
                values: vec![0.1, 0.3, 1.0 / 3.0],
            }),
            Outcome::Skipped {
                key: "memory/threads/1000".to_owned(),
                skipped: "no /proc".to_owned(),
            },
        ];
        Results::now(Scale::Quick, Some(0.25), outcomes)
    }

    #[test]
    fn what_is_written_is_read_again() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("results.json");
        let written = results();
        written.write(&file).expect("the folder is writable");
        let read = Results::read(&file).expect("it was written");
        assert_eq!(read, written);
        // Nothing is left beside it.
        let files = folder.path().read_dir().expect("it is there").count();
        assert_eq!(files, 1);
    }

    #[test]
    fn a_failed_write_leaves_nothing_behind() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("results.json");
        std::fs::create_dir(&file).expect("the folder is writable");
        // A folder can't be replaced by a file.
        let error = results().write(&file).expect_err("it is a folder");
        assert!(format!("{error:#}").contains("can't write"), "{error:#}");
        let files = folder.path().read_dir().expect("it is there").count();
        assert_eq!(files, 1, "the folder, and nothing beside it");
    }

    #[test]
    fn bad_files_are_refused_with_what_is_wrong() {
        let good = serde_json::to_string(&results()).expect("they are plain data");
        let newer = good.replacen(
            &format!("\"schema\":{SCHEMA}"),
            &format!("\"schema\":{}", SCHEMA + 1),
            1,
        );
        let mut without_values = results();
        without_values.outcomes[0] = Outcome::Measured(Measurement {
            key: "creation/task/spawn".to_owned(),
            unit: Unit::Microseconds,
            values: Vec::new(),
        });
        let empty = serde_json::to_string(&without_values).expect("they are plain data");
        for (text, wrong) in [
            ("", "no file that `measured` has written"),
            ("{}", "no file that `measured` has written"),
            ("not JSON", "no file that `measured` has written"),
            (newer.as_str(), "has version 2"),
            (&good[..good.len() - 3], "no file that `measured`"),
            (r#"{"schema": 1}"#, "not as `measured` writes it"),
            (empty.as_str(), "has no values"),
        ] {
            let error = Results::parse(text).expect_err(text);
            let error = format!("{error:#}");
            assert!(error.contains(wrong), "{text}: {error}");
            assert!(error.contains("record it again"), "{text}: {error}");
        }
    }

    #[test]
    fn skipped_once_is_skipped() {
        let mut outcome = results().outcomes[0].clone();
        outcome.add(Figure::Skipped("it broke".to_owned()));
        outcome.add(Figure::Value(1.0));
        assert_eq!(outcome.why(), Some("it broke"));
        assert_eq!(outcome.key(), "creation/task/spawn");
    }
}
