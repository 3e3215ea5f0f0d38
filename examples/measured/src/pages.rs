//! The tables and pictures of the chapter, made from recorded results and the published figures.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};

use crate::Scale;
use crate::case::{Unit, number};
use crate::echo::Design;
use crate::parts::{self, PARTS, Part, quantities, quantities_of};
use crate::plot::{self, Axis, Look, Row, Series, Words};
use crate::published;
use crate::results::Results;

/// A file of the chapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its name, without a folder.
    pub name: String,
    /// What is in it.
    pub text: String,
}

/// The folder of this package in the repository, where the recorded results are.
pub fn package_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All files: a table for each part, the pictures, and a line about the machine.
///
/// # Errors
/// If the results are not of [`Scale::Full`] and a release build, or do not have all that the files
/// need.
pub fn all(results: &Results) -> Result<Vec<Page>> {
    if results.scale != Scale::Full || results.machine.profile != "release" {
        bail!(
            "the pages are made from a full run of a release build: record it with \
             `cargo run --release -p measured -- --output examples/measured/reference.json`"
        );
    }
    let mut pages = vec![machine(results), sources()];
    for part in PARTS {
        pages.push(Page {
            name: format!("{}.md", part.name),
            text: if part.name == "echo" {
                echo_tables(results)?
            } else {
                table(results, part)?
            },
        });
    }
    pages.extend(pictures(results)?);
    Ok(pages)
}

/// Writes all files to the folder.
///
/// # Errors
/// Those of [`all`], and if a file can't be written.
pub fn write(results: &Results, folder: &Path) -> Result<()> {
    let pages = all(results)?;
    fs::create_dir_all(folder).with_context(|| format!("can't make `{}`", folder.display()))?;
    for Page { name, text } in pages {
        let file = folder.join(name);
        fs::write(&file, text).with_context(|| format!("can't write `{}`", file.display()))?;
    }
    Ok(())
}

fn machine(results: &Results) -> Page {
    let date = results.date.strftime("%Y-%m-%d");
    let times = results.scale.repetitions();
    let load = results.load_before.map_or_else(String::new, |load| {
        format!(", load {load:.1} before the first")
    });
    Page {
        name: "machine.md".to_owned(),
        text: format!(
            "{}, measured on {date}, {times} repetitions{load}.\n",
            results.machine
        ),
    }
}

/// The sources of the published figures, as a list.
fn sources() -> Page {
    let mut text = String::new();
    for source in published::sources() {
        let date = match source.date {
            "" => "undated",
            date => date,
        };
        text.push_str(&format!("- [{}]({}), {date}", source.name, source.url));
        if !source.measured_on.is_empty() {
            text.push_str(&format!("; measured on {}", source.measured_on));
        }
        text.push_str(".\n");
    }
    Page {
        name: "sources.md".to_owned(),
        text,
    }
}

/// The tables of the echo server: one for each kind of quantity, a row for each number of connections
/// and a column for each design.
fn echo_tables(results: &Results) -> Result<String> {
    let mut text = String::new();
    for (place, (kind, label, unit)) in parts::echo::KINDS.iter().enumerate() {
        if place > 0 {
            text.push('\n');
        }
        let mut title = (*label).to_owned();
        title[..1].make_ascii_uppercase();
        let unit = match unit {
            Unit::PerSecond => ", a second",
            Unit::Count => "",
            Unit::Kibibytes => ", KiB",
            _ => ", µs",
        };
        writeln!(
            text,
            "{title}{unit}: the median, and the smallest to the largest value.\n"
        )?;
        text.push_str("| Connections |");
        for design in Design::ALL {
            write!(text, " {} |", parts::echo::name_of(design))?;
        }
        text.push_str("\n| ---: |");
        text.push_str(&" ---: |".repeat(Design::ALL.len()));
        text.push('\n');
        for connections in parts::echo::CONNECTIONS {
            write!(text, "| {} |", number(connections as f64))?;
            for design in Design::ALL {
                let key = format!("{}/{kind}", parts::echo::key(design, connections));
                let (median, spread) = cells(results, &key, Unit::Count)?;
                write!(text, " {median} ({spread}) |")?;
            }
            text.push('\n');
        }
    }
    Ok(text)
}

/// The table of a part, in Markdown.
fn table(results: &Results, part: Part) -> Result<String> {
    let quantities = quantities_of(part);
    let has_published = quantities
        .iter()
        .any(|quantity| published::of(&quantity.key).next().is_some());
    let mut text = String::from("| What | Measured | Smallest to largest |");
    if has_published {
        text.push_str(" Published | Source |");
    }
    text.push_str("\n| --- | ---: | ---: |");
    if has_published {
        text.push_str(" ---: | --- |");
    }
    text.push('\n');
    for quantity in &quantities {
        let (median, spread) = cells(results, &quantity.key, quantity.unit)?;
        write!(text, "| {} | {median} | {spread} |", quantity.label)?;
        if has_published {
            let figures: Vec<_> = published::of(&quantity.key).collect();
            let figure: Vec<_> = figures.iter().map(|published| published.figure).collect();
            let source: Vec<_> = figures
                .iter()
                .map(|published| {
                    let source = published.source;
                    let mut text = format!("[{}]({})", source.name, source.url);
                    for more in [source.date, published.how] {
                        if !more.is_empty() {
                            text.push_str(", ");
                            text.push_str(more);
                        }
                    }
                    text
                })
                .collect();
            write!(text, " {} | {} |", figure.join("; "), source.join("; "))?;
        }
        text.push('\n');
    }
    Ok(text)
}

/// A time whose largest value is more than this times the smallest may have two states, of which a
/// median says nothing: the table has all values.
pub const FAR_APART: f64 = 3.0;

fn cells(results: &Results, key: &str, unit: Unit) -> Result<(String, String)> {
    let outcome = results.outcome(key).ok_or_else(|| missing(key))?;
    if let Some(why) = outcome.why() {
        return Ok((format!("skipped: {why}"), String::new()));
    }
    let summary = outcome.summary().ok_or_else(|| missing(key))?;
    let is_time = matches!(unit, Unit::Nanoseconds | Unit::Microseconds);
    let spread = if summary.min == summary.max {
        "always the same".to_owned()
    } else if is_time && summary.max > FAR_APART * summary.min {
        let mut values = outcome.values().to_vec();
        values.sort_by(f64::total_cmp);
        let values: Vec<_> = values.into_iter().map(number).collect();
        format!("all: {}", values.join("; "))
    } else {
        format!("{} to {}", number(summary.min), number(summary.max))
    };
    Ok((unit.show(summary.median), spread))
}

fn missing(key: &str) -> anyhow::Error {
    anyhow!(
        "the results have no `{key}`: record them again with \
         `cargo run --release -p measured -- --output examples/measured/reference.json`"
    )
}

fn pictures(results: &Results) -> Result<Vec<Page>> {
    let pages = [
        memory(results)?,
        switches(results)?,
        waits(results)?,
        echo_picture(
            results,
            ("throughput", "requests a second", Unit::PerSecond),
            "echo-throughput",
            "Requests a second of an echo server in four designs",
            false,
        )?,
        echo_picture(
            results,
            ("p99", "µs, 99th percentile", Unit::Microseconds),
            "echo-p99",
            "The 99th percentile of the latency of an echo server in four designs",
            true,
        )?,
    ];
    Ok(pages.into())
}

/// The values at the keys `PREFIX/SIZE` that were measured.
fn series(results: &Results, prefix: &str, suffix: &str, name: &str, look: Look) -> Series {
    let points = quantities()
        .iter()
        .filter_map(|quantity| {
            let size = quantity.key.strip_prefix(prefix)?.strip_prefix('/')?;
            let size: f64 = size.strip_suffix(suffix)?.parse().ok()?;
            Some((size, results.outcome(&quantity.key)?.summary()?))
        })
        .collect();
    Series {
        name: name.to_owned(),
        look,
        points,
    }
}

/// What a picture shows, in words: each series with its first and its last point.
fn in_words(series: &[Series], unit: Unit) -> String {
    series
        .iter()
        .filter_map(|series| {
            let (first, last) = (series.points.first()?, series.points.last()?);
            let name = &series.name;
            let at = |(size, summary): &(f64, crate::statistics::Summary)| {
                format!("{} at {}", unit.show(summary.median), number(*size))
            };
            Some(if first.0 == last.0 {
                format!("{name}: {}.", at(first))
            } else {
                format!("{name}: {}, {}.", at(first), at(last))
            })
        })
        .collect::<Vec<_>>()
        .join(" ")
}

fn picture(id: &str, drawn: Result<String, Box<dyn std::error::Error>>) -> Result<Page> {
    let text = drawn.map_err(|error| anyhow!("can't draw `{id}`: {error}"))?;
    Ok(Page {
        name: format!("{id}.svg"),
        text,
    })
}

/// A picture of lines.
fn line_picture(words: Words<'_>, x: &str, y: Axis<'_>, series: &[Series]) -> Result<Page> {
    picture(words.id, plot::lines(words, x, y, series))
}

fn memory(results: &Results) -> Result<Page> {
    let series = [
        series(results, "memory/threads", "", "idle threads", Look::Threads),
        series(results, "memory/tasks", "", "idle tasks", Look::Tasks),
    ];
    let words = Words {
        id: "memory",
        title: "Resident memory for each thread and each task",
        description: &in_words(&series, Unit::Kibibytes),
    };
    let y = Axis {
        name: "KiB each",
        is_logarithmic: true,
    };
    line_picture(words, "how many", y, &series)
}

/// A picture of one kind of the echo server's quantities: the end of its keys, the name of the axis,
/// and the unit.
fn echo_picture(
    results: &Results,
    (kind, axis, unit): (&str, &str, Unit),
    id: &str,
    title: &str,
    is_logarithmic: bool,
) -> Result<Page> {
    let series = Design::ALL.map(|design| {
        let look = match design {
            Design::ThreadPerConnection => Look::Threads,
            Design::Pool => Look::Pool,
            Design::SingleThreaded => Look::Tasks,
            Design::MultiThreaded => Look::OtherTasks,
        };
        let prefix = format!("echo/{}", design.name());
        let name = parts::echo::name_of(design);
        series(results, &prefix, &format!("/{kind}"), name, look)
    });
    let words = Words {
        id,
        title,
        description: &in_words(&series, unit),
    };
    let y = Axis {
        name: axis,
        is_logarithmic,
    };
    line_picture(words, "connections", y, &series)
}

fn waits(results: &Results) -> Result<Page> {
    let series = [
        series(results, "waits/pool", "", "pool of 4 threads", Look::Pool),
        series(results, "waits/threads", "", "a thread each", Look::Threads),
        series(
            results,
            "waits/tasks",
            "",
            "tasks on one thread",
            Look::Tasks,
        ),
    ];
    let words = Words {
        id: "waits",
        title: "Total time of many waits, as a multiple of one wait",
        description: &in_words(&series, Unit::Times),
    };
    let y = Axis {
        name: "times one wait",
        is_logarithmic: true,
    };
    line_picture(words, "how many waits", y, &series)
}

fn switches(results: &Results) -> Result<Page> {
    let rows: Vec<_> = quantities()
        .into_iter()
        .filter_map(|quantity| {
            let key = quantity
                .key
                .strip_prefix("switches/")?
                .strip_suffix("/time")?;
            let look = match key.split('/').next()? {
                "tasks" => Look::Tasks,
                "threads-on-one-core" => Look::Pool,
                "threads-on-two-cores" => Look::OtherTasks,
                _ => Look::Threads,
            };
            Some(Row {
                look,
                summary: results.outcome(&quantity.key)?.summary()?,
                name: quantity.label,
            })
        })
        .collect();
    let description: Vec<_> = rows
        .iter()
        .map(|row| {
            format!(
                "{}: {}.",
                row.name,
                Unit::Nanoseconds.show(row.summary.median)
            )
        })
        .collect();
    let words = Words {
        id: "switches",
        title: "Time of one hand-off between two tasks and between two threads",
        description: &description.join(" "),
    };
    picture("switches", plot::dots(words, "ns a hand-off", &rows))
}
