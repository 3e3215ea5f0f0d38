//! What is measured: quantities, and the cases that give them their values.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The unit of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// 1024 bytes.
    Kibibytes,
    /// Bytes.
    Bytes,
    /// Nanoseconds.
    Nanoseconds,
    /// Microseconds.
    Microseconds,
    /// How many per second.
    PerSecond,
    /// How many, where the quantity says of what.
    Count,
    /// How many times as much.
    Times,
}

impl Unit {
    /// What stands behind a number of this unit.
    pub fn symbol(self) -> &'static str {
        match self {
            Unit::Kibibytes => " KiB",
            Unit::Bytes => " bytes",
            Unit::Nanoseconds => " ns",
            Unit::Microseconds => " µs",
            Unit::PerSecond => "/s",
            Unit::Count => "",
            Unit::Times => "×",
        }
    }

    /// The value with three significant digits and its unit: `0.312 KiB`, `1,230/s`.
    pub fn show(self, value: f64) -> String {
        format!("{}{}", number(value), self.symbol())
    }
}

/// The number with three significant digits, and commas between the thousands.
pub fn number(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let digits_before_point = value.abs().log10().floor() as i32 + 1;
    let decimals = (3 - digits_before_point).max(0) as usize;
    let text = if decimals > 0 {
        let text = format!("{value:.decimals$}");
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        let unit = 10_f64.powi(digits_before_point - 3);
        format!("{:.0}", (value / unit).round() * unit)
    };
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let (sign, whole) = whole.split_at(usize::from(whole.starts_with('-')));
    let mut with_commas = sign.to_owned();
    for (place, digit) in whole.char_indices() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            with_commas.push(',');
        }
        with_commas.push(digit);
    }
    with_commas + rest
}

/// Something that has a value on a machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// Its name in the file of results: `memory/threads/1000`. What stands before the first slash
    /// is the part.
    pub key: String,
    /// What a table calls it.
    pub label: String,
    /// The unit of its values.
    pub unit: Unit,
}

impl Quantity {
    /// A quantity.
    pub fn new(key: impl Into<String>, label: impl Into<String>, unit: Unit) -> Quantity {
        Quantity {
            key: key.into(),
            label: label.into(),
            unit,
        }
    }

    /// The part that measures it.
    pub fn part(&self) -> &str {
        self.key.split('/').next().unwrap_or_default()
    }
}

/// What one run of a case says of one quantity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    /// Its value, in the unit of the quantity.
    Value(f64),
    /// Why this machine can't measure it.
    Skipped(String),
}

/// Why this machine can't measure something. It goes into the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skip(pub String);

impl Skip {
    /// Says why.
    pub fn because(why: impl fmt::Display) -> Skip {
        Skip(why.to_string())
    }
}

impl<E: std::error::Error> From<E> for Skip {
    fn from(error: E) -> Skip {
        Skip(error.to_string())
    }
}

/// What is run at once, in a process of its own.
pub struct Case {
    /// Its name, by which the new process is told what to do.
    pub name: String,
    /// What it measures.
    pub quantities: Vec<Quantity>,
    work: Box<dyn Fn() -> Vec<Figure>>,
}

impl Case {
    /// A case whose work gives a figure for each of the quantities, in the same order.
    pub fn new(
        name: impl Into<String>,
        quantities: Vec<Quantity>,
        work: impl Fn() -> Vec<Figure> + 'static,
    ) -> Case {
        Case {
            name: name.into(),
            quantities,
            work: Box::new(work),
        }
    }

    /// A case whose work gives a value for each of the quantities, or can't be done here at all.
    pub fn all_or_none(
        name: impl Into<String>,
        quantities: Vec<Quantity>,
        work: impl Fn() -> Result<Vec<f64>, Skip> + 'static,
    ) -> Case {
        let count = quantities.len();
        Case::new(name, quantities, move || match work() {
            Ok(values) => values.into_iter().map(Figure::Value).collect(),
            Err(Skip(why)) => vec![Figure::Skipped(why); count],
        })
    }

    /// Measures, in this process.
    ///
    /// # Panics
    /// If the work gives more figures than there are quantities, or fewer.
    pub fn run(&self) -> Vec<Figure> {
        let figures = (self.work)();
        assert_eq!(
            figures.len(),
            self.quantities.len(),
            "`{}` gives a figure for each quantity",
            self.name
        );
        figures
    }
}

impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Case")
            .field("name", &self.name)
            .field("quantities", &self.quantities)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::{Unit, number};

    #[test]
    fn a_number_has_three_significant_digits() {
        for (value, text) in [
            (0.0, "0"),
            (0.3125, "0.312"),
            (0.01, "0.01"),
            (1.0, "1"),
            (9.6, "9.6"),
            (12.345, "12.3"),
            (999.6, "1,000"),
            (1234.0, "1,230"),
            (1_234_567.0, "1,230,000"),
            (-1234.0, "-1,230"),
        ] {
            assert_eq!(number(value), text, "{value}");
        }
    }

    #[test]
    fn a_value_has_its_unit() {
        assert_eq!(Unit::Kibibytes.show(9.5), "9.5 KiB");
        assert_eq!(Unit::PerSecond.show(12_000.0), "12,000/s");
    }
}
