//! The table on the terminal.

use std::fmt::Write;

use comfy_table::presets::NOTHING;
use comfy_table::{Cell, CellAlignment, ContentArrangement, LineStyle, Table};

use crate::case::Unit;
use crate::parts::{PARTS, quantities_of};
use crate::published::{self, Source};
use crate::results::{Outcome, Results};

/// A column of a machine: what stands above it, and its results.
pub type Column<'a> = (&'a str, &'a Results);

/// The table with these columns, and below it what they are and the sources of the published figures.
///
/// A quantity that no column has stands in no row. A cell has the median and, behind it, the smallest
/// and the largest value.
pub fn render(columns: &[Column<'_>]) -> String {
    let mut text = String::new();
    let mut sources: Vec<&Source> = Vec::new();
    for part in PARTS {
        let mut table = Table::new();
        table
            .load_style(NOTHING.header_separator(LineStyle::none().fill('─').junction('─')))
            .set_content_arrangement(ContentArrangement::Dynamic);
        let mut header = vec![part.title.to_owned()];
        header.extend(columns.iter().map(|(name, _)| (*name).to_owned()));
        header.push("published".to_owned());
        table.set_header(header);
        let mut rows = 0;
        for quantity in quantities_of(part) {
            let outcomes: Vec<_> = columns
                .iter()
                .map(|(_, results)| results.outcome(&quantity.key))
                .collect();
            if outcomes.iter().all(Option::is_none) {
                continue;
            }
            let mut row = vec![Cell::new(&quantity.label)];
            row.extend(outcomes.into_iter().map(|outcome| {
                Cell::new(cell(outcome, quantity.unit)).set_alignment(CellAlignment::Right)
            }));
            let mut published = Vec::new();
            for figure in published::of(&quantity.key) {
                let number = match sources.iter().position(|source| *source == figure.source) {
                    Some(place) => place + 1,
                    None => {
                        sources.push(figure.source);
                        sources.len()
                    }
                };
                published.push(format!("{} [{number}]", figure.figure));
            }
            row.push(Cell::new(published.join(", ")).set_alignment(CellAlignment::Right));
            table.add_row(row);
            rows += 1;
        }
        if rows > 0 {
            writeln!(text, "{table}\n").expect("a string takes all");
        }
    }
    text.push_str("Each cell: the median (the smallest to the largest value).\n");
    for (name, results) in columns {
        writeln!(text, "{name}: {}, {}", results.machine, results.date)
            .expect("a string takes all");
        if results.machine.profile != "release" {
            writeln!(text, "  {DEBUG_WARNING}").expect("a string takes all");
        }
    }
    for (place, source) in sources.iter().enumerate() {
        let date = if source.date.is_empty() {
            String::new()
        } else {
            format!(", {}", source.date)
        };
        writeln!(
            text,
            "[{}] {}{date}: {}",
            place + 1,
            source.name,
            source.url
        )
        .expect("a string takes all");
    }
    text
}

/// What is said of figures from a debug build.
pub const DEBUG_WARNING: &str = "warning: these are figures of a debug build, which mean nothing: \
                                 use `cargo run --release -p measured`";

fn cell(outcome: Option<&Outcome>, unit: Unit) -> String {
    let Some(outcome) = outcome else {
        return "not measured".to_owned();
    };
    match (outcome.why(), outcome.summary()) {
        (Some(why), _) => format!("skipped: {why}"),
        (None, Some(summary)) if summary.min == summary.max => unit.show(summary.median),
        (None, Some(summary)) => format!(
            "{} ({} to {})",
            unit.show(summary.median),
            crate::case::number(summary.min),
            crate::case::number(summary.max)
        ),
        (None, None) => "not measured".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::render;
    use crate::Scale;
    use crate::case::Unit;
    use crate::results::{Measurement, Outcome, Results};

    fn results(outcome: Outcome) -> Results {
        Results::now(Scale::Quick, None, vec![outcome])
    }

    #[test]
    fn columns_stand_side_by_side() {
        let key = "memory/threads/1000".to_owned();
        let here = results(Outcome::Measured(Measurement {
            key: key.clone(),
            unit: Unit::Kibibytes,
            values: vec![9.0, 12.0, 10.0],
        }));
        let there = results(Outcome::Skipped {
            key,
            skipped: "no /proc".to_owned(),
        });
        let text = render(&[("here", &here), ("there", &there)]);
        let row = text
            .lines()
            .find(|line| line.contains("thread, one of 1,000"))
            .expect("the quantity has a row");
        let (mine, other) = (row.find("10 KiB (9 to 12)"), row.find("skipped: no /proc"));
        assert!(mine.is_some() && mine < other, "{row}");
        // What nobody has measured has no row, and a part without rows no table.
        assert!(!text.contains("Allocations"), "{text}");
    }
}
