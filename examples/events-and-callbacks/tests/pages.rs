//! What the chapter says of its files.

/// The lines that are neither empty nor comments.
fn lines(source: &str) -> usize {
    source
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
        .count()
}

#[test]
fn the_callbacks_take_several_times_as_many_lines() {
    let server =
        lines(include_str!("../src/connection.rs")) + lines(include_str!("../src/callbacks.rs"));
    let event_loop = lines(include_str!("../src/event_loop.rs"));
    let tasks = lines(include_str!("../src/tasks.rs"));
    assert!(
        server + event_loop > 5 * tasks,
        "{event_loop}, {server}, {tasks}"
    );
    assert!(server > 2 * tasks, "{server}, {tasks}");
}

#[test]
fn both_ways_print_the_same() {
    assert_eq!(
        include_str!("../src/bin/echo_callbacks.stdout"),
        include_str!("../src/bin/echo_tasks.stdout"),
    );
    assert_eq!(
        include_str!("../src/bin/price_callbacks.stdout"),
        include_str!("../src/bin/price_async.stdout"),
    );
}
