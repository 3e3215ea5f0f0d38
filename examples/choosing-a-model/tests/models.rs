//! The same test for every model: all clients are answered, and a client that panics costs what the
//! chapter says.

use std::process::{Command, Output};

/// A model: its program, how many clients wait at once, and how many answers come if one client
/// panics; none where the panic ends the process.
const MODELS: [(&str, u64, Option<u64>); 6] = [
    (env!("CARGO_BIN_EXE_clients_threads"), 1000, Some(999)),
    (env!("CARGO_BIN_EXE_clients_pool"), 8, Some(999)),
    (env!("CARGO_BIN_EXE_clients_event_loop"), 1000, None),
    (env!("CARGO_BIN_EXE_clients_coroutines"), 1000, None),
    (env!("CARGO_BIN_EXE_clients_actors"), 1000, Some(999)),
    (env!("CARGO_BIN_EXE_clients_tasks"), 1000, Some(999)),
];

fn run(program: &str, panics: Option<u64>) -> Output {
    Command::new(program)
        .args(panics.map(|client| client.to_string()))
        .output()
        .expect("cargo has built the program")
}

fn printed(waiting: u64, answers: u64) -> String {
    format!("waiting at once: {waiting}\nanswers: {answers}\n")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).replace("\r\n", "\n")
}

#[test]
fn every_model_answers_every_client() {
    for (program, waiting, _) in MODELS {
        let output = run(program, None);
        assert!(output.status.success(), "{program}: {output:?}");
        assert_eq!(stdout(&output), printed(waiting, 1000), "{program}");
    }
}

#[test]
fn a_panic_costs_one_answer_or_the_process() {
    // The first client, one in the middle and the last.
    for client in [0, 13, 999] {
        for (program, waiting, answers) in MODELS {
            let output = run(program, Some(client));
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(
                said.contains(&format!("client {client} panics")),
                "{program}: {said}"
            );
            match answers {
                Some(answers) => {
                    assert_eq!(stdout(&output), printed(waiting, answers), "{program}")
                }
                None => assert_eq!(output.status.code(), Some(101), "{program}: {output:?}"),
            }
        }
    }
}

#[test]
fn an_argument_that_is_no_client_changes_nothing() {
    for (program, waiting, _) in MODELS {
        let output = run(program, Some(1_000_000));
        assert_eq!(stdout(&output), printed(waiting, 1000), "{program}");
    }
}
