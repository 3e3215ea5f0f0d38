//! What repeated values come to.

/// What a table says of repeated values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    /// As many values are smaller as are larger.
    pub median: f64,
    /// The smallest.
    pub min: f64,
    /// The largest.
    pub max: f64,
}

impl Summary {
    /// Summarizes the values, which need no order; `None` if there are none.
    pub fn of(values: &[f64]) -> Option<Summary> {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let (min, max) = (*sorted.first()?, *sorted.last()?);
        let last = sorted.len() - 1;
        // Of an even number of values, the two in the middle.
        let median = (sorted[last / 2] + sorted[last.div_ceil(2)]) / 2.0;
        Some(Summary { median, min, max })
    }
}

#[cfg(test)]
mod tests {
    use super::Summary;

    #[test]
    fn known_values() {
        let odd = Summary::of(&[9.0, 1.0, 5.0, 3.0, 7.0]).expect("there are values");
        let expected = Summary {
            median: 5.0,
            min: 1.0,
            max: 9.0,
        };
        assert_eq!(odd, expected);

        let even = Summary::of(&[10.0, 3.0, 1.0, 2.0]).expect("there are values");
        assert_eq!(even.median, 2.5);
    }

    #[test]
    fn one_value_and_none() {
        let one = Summary::of(&[4.0]).expect("there is a value");
        let Summary { median, min, max } = one;
        assert_eq!([min, median, max], [4.0; 3]);
        assert_eq!(Summary::of(&[]), None);
    }
}
