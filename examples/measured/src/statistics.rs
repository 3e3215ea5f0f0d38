//! What repeated values come to.

/// What a table says of repeated values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    /// As many values are smaller as are larger.
    pub median: f64,
    /// The smallest.
    pub min: f64,
    /// A quarter of the values are smaller.
    pub lower_quartile: f64,
    /// A quarter of the values are larger.
    pub upper_quartile: f64,
    /// The largest.
    pub max: f64,
}

impl Summary {
    /// Summarizes the values, which need no order; `None` if there are none.
    ///
    /// Between two values, a quartile is interpolated linearly, by the definition that Hyndman and
    /// Fan, *Sample Quantiles in Statistical Packages* (The American Statistician 50, 1996), number 7.
    pub fn of(values: &[f64]) -> Option<Summary> {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let (min, max) = (*sorted.first()?, *sorted.last()?);
        let at = |share: f64| {
            let place = share * (sorted.len() - 1) as f64;
            let (below, above) = (
                sorted[place.floor() as usize],
                sorted[place.ceil() as usize],
            );
            below + (above - below) * place.fract()
        };
        Some(Summary {
            median: at(0.5),
            min,
            lower_quartile: at(0.25),
            upper_quartile: at(0.75),
            max,
        })
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
            lower_quartile: 3.0,
            upper_quartile: 7.0,
            max: 9.0,
        };
        assert_eq!(odd, expected);

        // R: quantile(c(1, 2, 3, 10), type = 7) gives 1, 1.75, 2.5, 4.75 and 10.
        let even = Summary::of(&[10.0, 3.0, 1.0, 2.0]).expect("there are values");
        let quartiles = [even.lower_quartile, even.median, even.upper_quartile];
        assert_eq!(quartiles, [1.75, 2.5, 4.75]);
    }

    #[test]
    fn one_value_and_none() {
        let one = Summary::of(&[4.0]).expect("there is a value");
        let Summary {
            median, min, max, ..
        } = one;
        assert_eq!([min, median, max], [4.0; 3]);
        assert_eq!(Summary::of(&[]), None);
    }
}
