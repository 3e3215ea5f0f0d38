//! The program as its user meets it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::thread;

use measured::results::Results;

/// The recorded reference: a file of results that is always there.
fn reference() -> PathBuf {
    measured::pages::package_folder().join("reference.json")
}

fn measured() -> Command {
    Command::new(env!("CARGO_BIN_EXE_measured"))
}

fn run(command: &mut Command) -> (Output, String, String) {
    let output = command.output().expect("the program starts");
    let [stdout, stderr] =
        [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text).into_owned());
    (output, stdout, stderr)
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    entries
        .map(|entry| entry.expect("it can be read").path())
        .collect()
}

#[test]
fn a_second_machine_stands_beside_the_first() {
    // Another machine, whose threads take as much memory as nobody else's.
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut other = Results::read(&reference()).expect("the reference is good");
    other.machine.cpu = "Abacus".to_owned();
    for outcome in &mut other.outcomes {
        if let measured::results::Outcome::Measured(measurement) = outcome
            && measurement.key == "memory/threads/1000"
        {
            measurement.values = vec![777.0];
        }
    }
    let file = folder.path().join("other.json");
    other.write(&file).expect("the folder is writable");

    let (output, stdout, stderr) = run(measured()
        .arg("--from")
        .arg(reference())
        .arg("--compare")
        .arg(&file));
    assert!(output.status.success(), "{stderr}");
    let row = stdout
        .lines()
        .find(|line| line.contains("thread, one of 1,000 "))
        .expect("threads have a row");
    assert!(row.contains("777 KiB"), "{row}");
    assert!(stdout.contains("other machine: Abacus, "), "{stdout}");
    assert!(stdout.contains("this file: "), "{stdout}");
    assert!(stdout.contains("the book's: "), "{stdout}");
    assert!(
        stdout.contains("github.com/jimblandy/context-switch"),
        "{stdout}"
    );
}

#[test]
fn a_quick_run_measures_everything_it_can_and_writes_it() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("new").join("results.json");
    let (output, stdout, stderr) = run(measured().arg("--quick").arg("--output").arg(&file));
    assert!(output.status.success(), "{stderr}");
    assert_eq!(
        files_in(&folder.path().join("new")),
        std::slice::from_ref(&file)
    );

    let results = Results::read(&file).expect("it is written");
    let scale = measured::Scale::Quick;
    let quantities: Vec<_> = measured::parts::cases(scale)
        .into_iter()
        .flat_map(|case| case.quantities)
        .collect();
    assert_eq!(results.outcomes.len(), quantities.len());
    for (outcome, quantity) in results.outcomes.iter().zip(&quantities) {
        assert_eq!(outcome.key(), quantity.key);
        match outcome {
            measured::results::Outcome::Measured(measurement) => {
                assert_eq!(measurement.values.len(), scale.repetitions(), "{outcome:?}");
                assert!(measurement.values.iter().all(|value| value.is_finite()));
            }
            measured::results::Outcome::Skipped { skipped, .. } => {
                assert!(!skipped.starts_with("failed"), "{outcome:?}");
                // On one core, nothing is played on two.
                let is_for_two = outcome.key().contains("on-two-cores");
                let has_one = thread::available_parallelism().is_ok_and(|cores| cores.get() == 1);
                let is_expected = !cfg!(target_os = "linux") || (is_for_two && has_one);
                assert!(is_expected, "{outcome:?}");
            }
        }
        // What was measured stands in the table, under the name of its quantity.
        assert!(stdout.contains(&quantity.label), "{stdout}");
    }
    let is_debug = results.machine.profile == "debug";
    assert_eq!(stderr.contains("a debug build"), is_debug, "{stderr}");
    assert_eq!(stdout.contains("a debug build"), is_debug, "{stdout}");
}

#[test]
fn files_that_can_not_be_used_are_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let missing = folder.path().join("missing.json");
    let broken = folder.path().join("broken.json");
    fs::write(&broken, "{ \"schema\":").expect("the folder is writable");
    let newer = folder.path().join("newer.json");
    fs::write(&newer, "{ \"schema\": 99 }").expect("the folder is writable");

    for (file, wrong) in [
        (&missing, "can't read the results"),
        (&broken, "no file that `measured` has written"),
        (&newer, "has version 99"),
    ] {
        for option in ["--from", "--compare"] {
            let mut command = measured();
            command.arg(option).arg(file);
            if option == "--compare" {
                // Refused before anything is measured: nothing is written.
                command.arg("--output").arg(folder.path().join("new.json"));
            }
            let (output, stdout, stderr) = run(&mut command);
            assert_eq!(output.status.code(), Some(1), "{option}: {stderr}");
            assert!(stderr.contains(wrong), "{option}: {stderr}");
            assert!(stderr.contains(&file.display().to_string()), "{stderr}");
            assert!(stdout.is_empty(), "{stdout}");
        }
    }
    assert_eq!(files_in(folder.path()).len(), 2);
}

#[test]
fn a_place_that_can_not_be_written_is_refused_before_measuring() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("file");
    fs::write(&file, "").expect("the folder is writable");
    for output in [folder.path().to_owned(), file.join("below.json")] {
        let (done, _, stderr) = run(measured().arg("--quick").arg("--output").arg(&output));
        assert_eq!(done.status.code(), Some(1), "{stderr}");
        assert!(stderr.contains("--output"), "{stderr}");
    }
    assert_eq!(files_in(folder.path()), [file]);
}

#[test]
fn options_that_do_not_go_together_are_refused() {
    let (output, _, stderr) = run(measured().arg("--quick").arg("--from").arg(reference()));
    assert_eq!(output.status.code(), Some(2), "{stderr}");
}

#[test]
fn pages_of_a_quick_run_are_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut quick = Results::read(&reference()).expect("the reference is good");
    quick.scale = measured::Scale::Quick;
    let file = folder.path().join("quick.json");
    quick.write(&file).expect("the folder is writable");
    let pages = folder.path().join("pages");
    let (output, _, stderr) = run(measured()
        .arg("pages")
        .arg("--reference")
        .arg(&file)
        .arg("--folder")
        .arg(&pages));
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert!(stderr.contains("full run of a release build"), "{stderr}");
    assert!(!pages.exists());
}

/// Ctrl-C while a case runs: no file, no part of one, and no process left behind.
#[cfg(unix)]
#[test]
fn interrupted_it_leaves_nothing_behind() {
    use std::io::{BufRead, BufReader, Read};
    use std::os::unix::process::CommandExt;
    use std::process::Stdio;
    use std::thread;
    use std::time::{Duration, Instant};

    #[cfg(not(target_os = "linux"))]
    use rustix::io::Errno;
    #[cfg(not(target_os = "linux"))]
    use rustix::process::test_kill_process_group;
    use rustix::process::{Pid, Signal, kill_process, kill_process_group};

    // `kill` signals one process; a terminal signals all that the program has started, too.
    for signal in [kill_process, kill_process_group] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut child = measured()
            .arg("--output")
            .arg(folder.path().join("results.json"))
            .process_group(0) // its own, whose id is that of the process
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let group = Pid::from_child(&child);

        // The line that names Ctrl-C is printed when it is caught.
        let mut stderr = BufReader::new(child.stderr.take().expect("it is piped"));
        let mut said = String::new();
        while !said.contains("Ctrl-C ends it") {
            let read = stderr.read_line(&mut said).expect("it is text");
            assert!(read > 0, "it ended early: {said}");
        }
        signal(group, Signal::INT).expect("the program runs");

        stderr.read_to_string(&mut said).expect("it is text");
        let status = child.wait().expect("it ends");
        assert_eq!(status.code(), Some(130), "{said}");
        assert_eq!(said.matches("no file is written").count(), 1, "{said}");
        assert_eq!(files_in(folder.path()), [] as [PathBuf; 0]);
        // A server of the echo case ends when it sees that its client has.
        let limit = Instant::now() + Duration::from_secs(60);
        while is_alive(group) {
            assert!(Instant::now() < limit, "a process is left: {said}");
            thread::yield_now();
        }
    }

    /// Whether a process of this group runs. One that has ended, and that nobody has waited for, does not.
    #[cfg(target_os = "linux")]
    fn is_alive(group: Pid) -> bool {
        let processes = procfs::process::all_processes().expect("/proc can be read");
        // One that ends just now has no record any more.
        processes
            .flatten()
            .filter_map(|process| process.stat().ok())
            .any(|stat| stat.pgrp == group.as_raw_nonzero().get() && stat.state != 'Z')
    }

    #[cfg(not(target_os = "linux"))]
    fn is_alive(group: Pid) -> bool {
        test_kill_process_group(group) != Err(Errno::SRCH)
    }
}
