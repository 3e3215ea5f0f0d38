//! What is measured comes out as the book says, each case in its own process as in a real run.

use std::collections::HashMap;
use std::process::Command;

use measured::Scale;
use measured::case::Figure;
use measured::parts::cases;

/// Runs a case of the quick scale, and returns what it says, by key.
fn figures(name: &str) -> HashMap<String, Figure> {
    let output = Command::new(env!("CARGO_BIN_EXE_measured"))
        .args(["case", name, "--scale", "quick"])
        .output()
        .expect("the program starts");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name}: {stderr}");
    let figures: Vec<Figure> = serde_json::from_slice(&output.stdout).expect("figures as JSON");
    let all = cases(Scale::Quick);
    let case = all.iter().find(|case| case.name == name);
    let quantities = &case.expect("the case is there").quantities;
    assert_eq!(figures.len(), quantities.len());
    quantities
        .iter()
        .map(|quantity| quantity.key.clone())
        .zip(figures)
        .collect()
}

/// The value at the key, or `None` with a message where this machine can't measure it.
fn value(figures: &HashMap<String, Figure>, key: &str) -> Option<f64> {
    match &figures[key] {
        Figure::Value(value) => Some(*value),
        Figure::Skipped(why) => {
            if cfg!(target_os = "linux") {
                panic!("{key} is skipped: {why}");
            }
            eprintln!("{key} is skipped: {why}");
            None
        }
    }
}

#[test]
fn a_thread_takes_more_than_five_times_the_memory_of_a_task() {
    let [threads, tasks] =
        ["memory/threads/1000", "memory/tasks/10000"].map(|name| value(&figures(name), name));
    if let (Some(threads), Some(tasks)) = (threads, tasks) {
        assert!(tasks > 0.0);
        assert!(threads > 5.0 * tasks, "{threads} KiB and {tasks} KiB");
    }
}

#[test]
fn awaiting_allocates_nothing_and_spawning_once() {
    let figures = figures("allocations");
    assert_eq!(value(&figures, "allocations/await"), Some(0.0));
    assert_eq!(value(&figures, "allocations/spawn"), Some(1.0));
    let bytes = value(&figures, "allocations/spawn-bytes").expect("it is counted everywhere");
    assert!(bytes > 64.0, "{bytes} bytes");
}

#[test]
fn the_kernel_switches_between_threads_and_not_between_tasks() {
    for name in ["switches/tasks/channel", "switches/tasks/socket"] {
        if let Some(voluntary) = value(&figures(name), &format!("{name}/voluntary")) {
            assert!(voluntary < 0.01, "{name}: {voluntary}");
        }
    }
    // Not the channels of threads on other cores: who spins long enough there needs no kernel.
    for name in [
        "switches/threads-on-one-core/channel",
        "switches/threads-on-one-core/socket",
        "switches/threads/socket",
    ] {
        if let Some(all) = value(&figures(name), &format!("{name}/kernel")) {
            assert!(all >= 0.5, "{name}: {all}");
        }
    }
}

#[test]
fn waits_overlap_where_nothing_but_the_design_keeps_them_apart() {
    // 100 waits, four at a time: 25 rounds. Lower bounds only, since the machine may be busy.
    let name = "waits/pool/100";
    let pool = value(&figures(name), name).expect("it is measured everywhere");
    assert!(pool >= 25.0, "{pool}");
    for name in ["waits/threads/100", "waits/tasks/100"] {
        let total = value(&figures(name), name).expect("it is measured everywhere");
        assert!(total >= 1.0, "{name}: {total}");
        assert!(total < pool, "{name}: {total}, and on the pool {pool}");
    }
}

#[test]
fn what_can_not_be_measured_says_why() {
    let output = Command::new(env!("CARGO_BIN_EXE_measured"))
        .args(["case", "no/such/case", "--scale", "quick"])
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(1));
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(
        stderr.contains("there is no case `no/such/case`"),
        "{stderr}"
    );
}

/// A machine with room for few threads: the case says so, and does not fail.
#[cfg(target_os = "linux")]
#[test]
fn a_machine_with_few_threads_says_how_many() {
    // 2 GiB of addresses are enough for less than 32 stacks of 64 MiB. The stacks are that large so
    // that, when the next one does not fit, there still is room for the little that a thread
    // allocates when it starts: without that, std ends the process.
    let output = Command::new("sh")
        .args([
            "-c",
            "ulimit -v 2097152 && exec \"$0\" case \"$1\" --scale quick",
        ])
        .args([env!("CARGO_BIN_EXE_measured"), "memory/threads/1000"])
        .env("RUST_MIN_STACK", (64 << 20).to_string())
        .output()
        .expect("there is a shell");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{stderr}");
    let figures: Vec<Figure> = serde_json::from_slice(&output.stdout).expect("figures as JSON");
    let [Figure::Skipped(why), ..] = &figures[..] else {
        panic!("it is skipped: {figures:?}");
    };
    assert!(why.starts_with("the system gives "), "{why}");
    assert!(why.contains(" threads, then: "), "{why}");
}
