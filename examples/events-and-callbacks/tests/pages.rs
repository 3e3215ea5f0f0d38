//! What the chapter says of its files.

/// The lines that are neither empty nor comments.
fn lines(source: &str) -> usize {
    source
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
        .count()
}

/// What stands in `source` from `start` up to `end`.
fn part<'a>(source: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = source.split_once(start).expect("the part begins");
    let (part, _) = rest.split_once(end).expect("the part ends");
    part
}

#[test]
fn the_callbacks_take_more_than_four_times_as_many_lines() {
    let callbacks = lines(include_str!("../src/event_loop.rs"))
        + lines(include_str!("../src/connection.rs"))
        + lines(include_str!("../src/callbacks.rs"));

    // `callbacks.rs` has what starts and stops its server; for the other it is in `running.rs`.
    let tasks = lines(include_str!("../src/tasks.rs"))
        + lines(part(
            include_str!("../src/running.rs"),
            "pub fn tasks()",
            "/// Ends the server",
        ));
    assert!(callbacks > 4 * tasks, "{callbacks}, {tasks}");
}

#[test]
fn both_ways_print_the_same() {
    assert_eq!(
        include_str!("../src/bin/price_callbacks.stdout"),
        include_str!("../src/bin/price_async.stdout"),
    );
}
