//! A loop that calls ten clients, of which the fourth panics: without and with a boundary around each.

use std::panic::{AssertUnwindSafe, catch_unwind};

const CLIENTS: u32 = 10;

fn answer(client: u32) -> u32 {
    if client == 3 {
        panic!("the price of client 3 is not a number");
    }
    client
}

/// Calls each client back, one after another.
fn run_loop(answers: &mut Vec<u32>) {
    for client in 0..CLIENTS {
        answers.push(answer(client));
    }
}

/// The same, but a panic ends only the callback that it happens in.
fn run_loop_with_boundary(answers: &mut Vec<u32>) {
    for client in 0..CLIENTS {
        // The callback returns its answer and changes nothing, so nothing is left half changed.
        answers.extend(catch_unwind(AssertUnwindSafe(|| answer(client))));
    }
}

fn main() {
    let mut answers = Vec::new();
    // It stops between two pushes: `answers` is short, but each answer in it is whole.
    let ended = catch_unwind(AssertUnwindSafe(|| run_loop(&mut answers)));
    println!(
        "the loop panicked: {}, answers: {}",
        ended.is_err(),
        answers.len()
    );

    let mut answers = Vec::new();
    run_loop_with_boundary(&mut answers);
    println!("with a boundary, answers: {}", answers.len());
}
