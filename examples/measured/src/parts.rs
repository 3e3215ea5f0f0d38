//! What is measured, a module for each part.

use crate::Scale;
use crate::case::{Case, Quantity};

pub mod allocations;
pub mod creation;
pub mod echo;
pub mod memory;
pub mod switches;
pub mod waits;

/// A part of the program: what its key begins with, and what a table calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// What the keys of its quantities begin with.
    pub name: &'static str,
    /// Its title.
    pub title: &'static str,
}

/// The parts, in the order in which tables show them.
pub const PARTS: [Part; 6] = [
    Part {
        name: "memory",
        title: "Resident memory for one that is idle",
    },
    Part {
        name: "creation",
        title: "Time to create one",
    },
    Part {
        name: "switches",
        title: "One hand-off of a byte or a message",
    },
    Part {
        name: "allocations",
        title: "Allocations",
    },
    Part {
        name: "waits",
        title: "N waits of 10 ms each: total time as a multiple of 10 ms",
    },
    Part {
        name: "echo",
        title: "An echo server over loopback",
    },
];

/// All cases of this scale, part by part.
pub fn cases(scale: Scale) -> Vec<Case> {
    [
        memory::cases(scale),
        creation::cases(scale),
        switches::cases(scale),
        allocations::cases(scale),
        waits::cases(scale),
        echo::cases(scale),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The quantities of a part, in the order of its table.
pub fn quantities_of(part: Part) -> Vec<Quantity> {
    let mut quantities = quantities();
    quantities.retain(|quantity| quantity.part() == part.name);
    if part.name == "echo" {
        // Each kind for all connections and designs, not all kinds of a design.
        quantities.sort_by_key(|quantity| {
            let mut kinds = echo::KINDS.iter();
            kinds.position(|(kind, ..)| quantity.key.ends_with(&format!("/{kind}")))
        });
    }
    quantities
}

/// Everything that can be measured, in the order of the cases.
pub fn quantities() -> Vec<Quantity> {
    cases(Scale::Full)
        .into_iter()
        .flat_map(|case| case.quantities)
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{PARTS, cases, quantities};
    use crate::Scale;

    #[test]
    fn every_key_stands_once_and_has_its_part() {
        let mut seen = BTreeSet::new();
        for quantity in quantities() {
            assert!(seen.insert(quantity.key.clone()), "{} twice", quantity.key);
            assert!(
                PARTS.iter().any(|part| part.name == quantity.part()),
                "{} is of no part",
                quantity.key
            );
        }
    }

    #[test]
    fn the_quick_cases_are_some_of_all() {
        let all: BTreeSet<_> = cases(Scale::Full).into_iter().map(|c| c.name).collect();
        let quick: BTreeSet<_> = cases(Scale::Quick).into_iter().map(|c| c.name).collect();
        assert!(quick.len() < all.len());
        assert!(quick.is_subset(&all), "{:?}", quick.difference(&all));
    }
}
