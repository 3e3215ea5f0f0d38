//! The command line: `cargo run --release -p measured -- --help`.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use jiff::Timestamp;
use measured::Scale;
use measured::echo::{self, Design};
use measured::interrupt::Interrupt;
use measured::machine::{self, Machine};
use measured::results::{Results, check_writable, default_file};
use measured::runner::Runner;
use measured::{pages, parts, table};

/// Measure what threads and tasks cost on this machine.
///
/// Prints the figures beside those that the book records and those that others have published, and
/// writes all values to a JSON file. Let the machine do nothing else meanwhile.
#[derive(Debug, Parser)]
#[command(name = "measured", args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// Measure the smaller sizes only, in less than 15 seconds. Without it: less than 3 minutes.
    #[arg(long)]
    quick: bool,
    /// Write the values to this file, and replace it if it is there. Without it:
    /// target/measured/DATE.json.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Measure nothing: show the values of this file, written on this machine or another.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["quick", "output"])]
    from: Option<PathBuf>,
    /// Show the values of this file, written on another machine, beside those of this run, or beside
    /// those of --from.
    #[arg(long, value_name = "FILE")]
    compare: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make the tables and pictures of the chapter again, from recorded results.
    Pages {
        /// The recorded results.
        #[arg(long, value_name = "FILE", default_value_os_t = pages::package_folder().join("reference.json"))]
        reference: PathBuf,
        /// Where to write.
        #[arg(long, value_name = "FOLDER", default_value_os_t = pages::package_folder().join("pages"))]
        folder: PathBuf,
    },
    /// Be the echo server that a case measures.
    #[command(hide = true, name = echo::SUBCOMMAND)]
    ServeEcho {
        /// Its design.
        design: Design,
    },
    /// Measure one case, in this process, and print its figures as JSON.
    #[command(hide = true)]
    Case {
        /// Its name.
        name: String,
        /// The scale that it is of.
        #[arg(long)]
        scale: Scale,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let result = match &arguments.command {
        Some(Command::Pages { reference, folder }) => make_pages(reference, folder),
        Some(Command::Case { name, scale }) => measure_case(name, *scale),
        Some(Command::ServeEcho { design }) => echo::serve(*design).map_err(Into::into),
        None => measure_or_show(&arguments),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn make_pages(reference: &Path, folder: &Path) -> Result<()> {
    let results = Results::read(reference)?;
    pages::write(&results, folder)?;
    println!("written to {}", folder.display());
    Ok(())
}

fn measure_case(name: &str, scale: Scale) -> Result<()> {
    let cases = parts::cases(scale);
    let case = cases
        .iter()
        .find(|case| case.name == name)
        .with_context(|| format!("there is no case `{name}` of this scale"))?;
    println!("{}", serde_json::to_string(&case.run())?);
    Ok(())
}

fn measure_or_show(arguments: &Arguments) -> Result<()> {
    // Read first: a file that can't be used is not found out after minutes of measuring.
    let other = arguments
        .compare
        .as_deref()
        .map(Results::read)
        .transpose()?;
    let reference = Results::reference();
    if let Err(error) = &reference {
        eprintln!("warning: {error:#}");
    }
    let (name, results) = match &arguments.from {
        Some(file) => ("this file", Results::read(file)?),
        None => ("this run", measure(arguments)?),
    };

    let mut columns = vec![(name, &results)];
    if let Some(other) = &other {
        columns.push(("other machine", other));
    }
    if let Ok(reference) = &reference {
        columns.push(("the book's", reference));
    }
    print!("{}", table::render(&columns));
    Ok(())
}

/// Measures, and writes the results to their file.
fn measure(arguments: &Arguments) -> Result<Results> {
    let scale = if arguments.quick {
        Scale::Quick
    } else {
        Scale::Full
    };
    let file = match &arguments.output {
        Some(file) => file.clone(),
        None => default_file(Timestamp::now())?,
    };
    check_writable(&file)?;
    if Machine::profile_of_this_build() != "release" {
        eprintln!("{}", table::DEBUG_WARNING);
    }
    let load_before = machine::load();
    if let Some(load) = load_before.filter(|load| *load > machine::IDLE) {
        eprintln!(
            "warning: other programs keep this machine busy (load {load:.1}): times will be longer, \
             and spreads wider"
        );
    }
    let interrupt = Interrupt::catch()?;
    let cases = parts::cases(scale);
    eprintln!(
        "{} cases, {} times each; Ctrl-C ends it and writes nothing",
        cases.len(),
        scale.repetitions()
    );
    if !std::io::stderr().is_terminal() {
        eprintln!("(no progress bar: this is no terminal)");
    }
    let outcomes = Runner::new(scale, interrupt.clone())?.run(&cases);
    let results = Results::now(scale, load_before, outcomes);
    interrupt.write(&file, || results.write(&file))?;
    eprintln!("all values are in {}", file.display());
    Ok(results)
}
