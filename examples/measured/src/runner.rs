//! Runs the cases: each in a process of its own, all of them in each repetition.

use std::env;
use std::io::{Read, Seek};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};

use crate::Scale;
use crate::case::{Case, Figure};
use crate::interrupt::Interrupt;
use crate::results::{Measurement, Outcome};

/// The hidden command that measures one case: `measured case NAME --scale SCALE`.
pub const CASE_COMMAND: &str = "case";

/// The bar that shows how far the measurement is. It is not drawn where stderr is no terminal.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A bar of so many steps.
    pub fn new(steps: usize) -> Progress {
        let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {eta:>4} left  {wide_msg}")
            .expect("the template names only keys that indicatif knows");
        let bar = ProgressBar::new(steps as u64).with_style(style);
        bar.enable_steady_tick(Duration::from_millis(250));
        Progress { bar }
    }

    /// Names the step that begins.
    pub fn begin(&self, what: &str) {
        self.bar.set_message(what.to_owned());
    }

    /// Ends so many steps.
    pub fn end(&self, steps: usize) {
        self.bar.inc(steps as u64);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// Runs cases in processes of their own.
#[derive(Debug)]
pub struct Runner {
    program: PathBuf,
    scale: Scale,
    interrupt: Interrupt,
}

impl Runner {
    /// A runner that starts this program for each case.
    ///
    /// # Errors
    /// If the system does not say where this program is.
    pub fn new(scale: Scale, interrupt: Interrupt) -> Result<Runner> {
        Ok(Runner {
            program: env::current_exe().context("can't find this program's own file")?,
            scale,
            interrupt,
        })
    }

    /// Runs all cases as often as the scale says, each time in a new random order: what a case leaves
    /// behind in the machine (its temperature, its caches) does not always meet the same next one. A
    /// case that this machine can't do is not tried again; one that fails is reported as skipped, with
    /// its error.
    pub fn run(&self, cases: &[Case]) -> Vec<Outcome> {
        let repetitions = self.scale.repetitions();
        let progress = Progress::new(cases.len() * repetitions);
        let mut outcomes: Vec<Vec<Outcome>> = cases.iter().map(none_yet).collect();
        for repetition in 0..repetitions {
            let mut order: Vec<usize> = (0..cases.len()).collect();
            fastrand::shuffle(&mut order);
            for place in order {
                let (case, outcomes) = (&cases[place], &mut outcomes[place]);
                progress.begin(&case.name);
                if repetition == 0 || outcomes.iter().any(|outcome| outcome.why().is_none()) {
                    let figures = self.run_alone(case).unwrap_or_else(|error| {
                        let why = format!("failed: {error:#}");
                        vec![Figure::Skipped(why); case.quantities.len()]
                    });
                    for (outcome, figure) in outcomes.iter_mut().zip(figures) {
                        outcome.add(figure);
                    }
                }
                progress.end(1);
            }
        }
        outcomes.into_iter().flatten().collect()
    }

    /// Runs one case once, in a new process.
    ///
    /// # Errors
    /// If the process can't be started, fails, or answers something else than the figures.
    pub fn run_alone(&self, case: &Case) -> Result<Vec<Figure>> {
        // A file and no pipe: a process that says much would wait for us to read it.
        let mut said = tempfile::tempfile().context("can't make a temporary file")?;
        let scale = self
            .scale
            .to_possible_value()
            .expect("no scale is hidden from the command line");
        let mut started = self
            .interrupt
            .start(
                Command::new(&self.program)
                    .args([CASE_COMMAND, &case.name, "--scale", scale.get_name()])
                    .env("RUST_BACKTRACE", "0") // what it says has to fit the table
                    .stdin(Stdio::null())
                    .stdout(Stdio::piped())
                    .stderr(said.try_clone().context("can't share a temporary file")?),
            )
            .context("can't start a process")?;
        let mut answer = String::new();
        let read = started
            .stdout
            .take()
            .expect("the output is piped")
            .read_to_string(&mut answer);
        let status = started.wait().context("can't wait for the process")?;
        read.context("can't read what the process measures")?;
        if !status.success() {
            let mut text = String::new();
            said.rewind()?;
            said.read_to_string(&mut text)?;
            let words: Vec<_> = text.split_whitespace().collect();
            bail!("{status}: {}", words.join(" ")); // in one line, for the table
        }
        let figures: Vec<Figure> = serde_json::from_str(answer.trim())
            .with_context(|| format!("the process answers `{}`", answer.trim()))?;
        ensure!(
            figures.len() == case.quantities.len(),
            "the process gives {} figures, not {}",
            figures.len(),
            case.quantities.len()
        );
        Ok(figures)
    }
}

/// The outcomes of a case that has not run.
fn none_yet(case: &Case) -> Vec<Outcome> {
    case.quantities
        .iter()
        .map(|quantity| {
            Outcome::Measured(Measurement {
                key: quantity.key.clone(),
                unit: quantity.unit,
                values: Vec::new(),
            })
        })
        .collect()
}
