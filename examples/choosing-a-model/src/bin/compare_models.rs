//! Runs each model in a process of its own, and again with a client that panics.

use std::env;
use std::io;
use std::process::{Command, Output};

mod clients_actors;
mod clients_coroutines;
mod clients_event_loop;
mod clients_pool;
mod clients_tasks;
mod clients_threads;

/// Each model: its name, its program, and the text of it.
const MODELS: [(&str, fn(), &str); 6] = [
    (
        "threads",
        clients_threads::main,
        include_str!("clients_threads.rs"),
    ),
    (
        "pool of 8",
        clients_pool::main,
        include_str!("clients_pool.rs"),
    ),
    (
        "event loop",
        clients_event_loop::main,
        include_str!("clients_event_loop.rs"),
    ),
    (
        "coroutines",
        clients_coroutines::main,
        include_str!("clients_coroutines.rs"),
    ),
    (
        "actors",
        clients_actors::main,
        include_str!("clients_actors.rs"),
    ),
    (
        "tasks",
        clients_tasks::main,
        include_str!("clients_tasks.rs"),
    ),
];

/// The variable by which this program tells its child which model to run.
const MODEL: &str = "CHOOSING_A_MODEL_CHILD";

fn main() -> io::Result<()> {
    if let Ok(model) = env::var(MODEL) {
        let chosen = MODELS.iter().find(|(name, ..)| *name == model);
        let (_, run, _) = chosen.expect("the parent names one of the models");
        run();
        return Ok(());
    }
    if !cfg!(target_os = "linux") {
        println!("skipped: the models read their memory from /proc, which only Linux has");
        return Ok(());
    }
    let mut memory = Vec::new();
    println!("model       waiting at once  lines  if client 13 panics");
    for (name, _, text) in MODELS {
        let output = child(name, None)?;
        let waiting = number(&output.stdout, "waiting at once");
        let is_code = |line: &&str| !line.is_empty() && !line.starts_with("//");
        let lines = text.lines().map(str::trim).filter(is_code).count();
        let panicked = child(name, Some("13"))?;
        let outcome = if panicked.status.success() {
            format!("{} answers", number(&panicked.stdout, "answers"))
        } else {
            "the process ends".to_owned()
        };
        println!("{name:<10}  {waiting:>15}  {lines:>5}  {outcome}");

        memory.push((name, number(&output.stderr, "memory")));
        let (_, kib) = memory[memory.len() - 1];
        let switches = number(&output.stderr, "context switches");
        eprintln!("{name:<10}  {kib:>6} KiB  {switches:>5} context switches");
    }
    let of = |model| {
        memory
            .iter()
            .find(|(name, _)| *name == model)
            .map(|(_, kib)| *kib)
    };
    let more = of("threads") > of("tasks").map(|kib| 5 * kib);
    println!("threads take more than five times the memory of tasks: {more}");
    Ok(())
}

/// Runs one model in a child process, with `argument` if there is one.
fn child(model: &str, argument: Option<&str>) -> io::Result<Output> {
    Command::new(env::current_exe()?)
        .env(MODEL, model)
        .args(argument)
        .output()
}

/// The number behind `name: ` in what a model printed.
fn number(printed: &[u8], name: &str) -> u64 {
    let printed = String::from_utf8_lossy(printed);
    let line = printed
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    let word = line.and_then(|line| line.split(' ').next());
    word.and_then(|word| word.parse().ok())
        .expect("every model prints its numbers")
}
