//! The pages and the recorded results of the book are the same.

use std::collections::BTreeSet;
use std::fs;

use measured::machine::IDLE;
use measured::pages::{FAR_APART, all, package_folder};
use measured::parts::quantities;
use measured::published::PUBLISHED;
use measured::results::{Results, SCHEMA};

const RECORD: &str = "mend: cargo run --release -p measured -- --output \
                      examples/measured/reference.json";

/// The quantities that the chapter explains under *Beside what others have published*.
const EXPLAINED: [&str; 5] = [
    "creation/thread/spawn",
    "creation/task/spawn",
    "switches/tasks/socket/time",
    "switches/threads-on-one-core/socket/time",
    "allocations/spawn-bytes",
];

#[test]
fn the_reference_has_all_that_is_measured() {
    let reference = Results::reference().expect(RECORD);
    assert_eq!(reference.schema, SCHEMA);
    assert_eq!(reference.machine.profile, "release", "{RECORD}");
    let recorded: Vec<_> = reference.outcomes.iter().map(|o| o.key()).collect();
    let quantities = quantities();
    let measured: Vec<_> = quantities.iter().map(|q| q.key.as_str()).collect();
    assert_eq!(recorded, measured, "{RECORD}");
    for outcome in &reference.outcomes {
        assert_eq!(outcome.why(), None, "{} is not recorded", outcome.key());
    }
    let load = reference.load_before.expect("the system told its load");
    assert!(load <= IDLE, "recorded with a load of {load}\n{RECORD}");
}

/// The chapter calls two figures alike if neither is twice the other or more, and explains each
/// published one that is not like ours.
#[test]
fn the_published_figures_that_are_not_like_ours_are_those_that_the_chapter_explains() {
    let reference = Results::reference().expect(RECORD);
    let unlike: Vec<_> = PUBLISHED
        .iter()
        .filter(|published| {
            let outcome = reference.outcome(published.key).expect(RECORD);
            let ours = outcome.summary().expect(RECORD);
            // Times so far apart have two states, which are not compared.
            let is_one_state = ours.max <= FAR_APART * ours.min;
            let ours = ours.median;
            is_one_state && (ours / published.value).max(published.value / ours) >= 2.0
        })
        .map(|published| published.key)
        .collect();
    assert_eq!(
        unlike, EXPLAINED,
        "mend: explain them in src/async-or-threads/measured.md, then change `EXPLAINED` here"
    );
}

#[test]
fn the_pages_are_those_of_the_reference() {
    let reference = Results::read(&package_folder().join("reference.json")).expect(RECORD);
    let pages = all(&reference).expect(RECORD);
    let folder = package_folder().join("pages");
    for page in &pages {
        // The last bit of a logarithm, and with it a point, depends on the system's library.
        if page.name.ends_with(".svg") && !cfg!(target_os = "linux") {
            continue;
        }
        let committed = fs::read_to_string(folder.join(&page.name)).unwrap_or_default();
        assert!(
            committed == page.text,
            "examples/measured/pages/{} is not that of reference.json\n\
             mend: cargo run -p measured -- pages",
            page.name
        );
    }
    let made: BTreeSet<_> = pages.into_iter().map(|page| page.name).collect();
    let there: BTreeSet<_> = fs::read_dir(&folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("it can be read").file_name())
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    assert_eq!(there, made, "mend: remove what is not made any more");
}
