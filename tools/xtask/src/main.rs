//! The command line of the tasks: `cargo xtask --help`.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Build, serve, test and extend the book.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Serve the book on localhost and rebuild it on every change.
    ///
    /// Fetches mdBook and mdbook-mermaid into target/tools first if the ones on PATH are missing
    /// or of another version.
    Serve {
        /// Open the book in the browser.
        #[arg(long)]
        open: bool,
        /// The port to listen on.
        #[arg(long, default_value_t = 3000)]
        port: u16,
    },
    /// Build the book into book/. A warning is an error.
    Build,
    /// Build the published site into site/: the same pages, made small, with the diagrams drawn.
    ///
    /// Needs Node.js and Chromium: `bash tools/browser/run` gets what is missing.
    Site {
        /// The address that the site will have; without it, or the variable SITE_URL, its pages have
        /// no canonical address, and there is no sitemap.
        #[arg(long)]
        url: Option<String>,
    },
    /// Test one chapter with its package, or everything.
    Test {
        /// The chapter's name, `semaphores`, with its part where two parts have such a chapter:
        /// `concurrency/semaphores`. Without it: `cargo test --workspace`.
        chapter: Option<String>,
        /// First write what the programs print now and what the compiler says now into the files
        /// that the chapters show. Look at the difference before you commit it.
        #[arg(long)]
        bless: bool,
    },
    /// Record the figures that programs of a chapter measure on this machine.
    ///
    /// Runs each in release mode and writes what it prints to stderr into its file NAME.measured,
    /// below a line that names the machine. Let the machine do nothing else meanwhile.
    Measure {
        /// The chapter's name, as for `test`.
        chapter: String,
        /// The programs; without one, all of the chapter that have a file NAME.measured.
        programs: Vec<String>,
    },
    /// Write a new chapter, its package and its line in SUMMARY.md.
    NewLesson {
        /// The part and the name: `concurrency/barriers`.
        #[arg(value_name = "PART/NAME")]
        lesson: String,
    },
    /// Look at links, spelling and Markdown style.
    ///
    /// Fetches typos and rumdl into target/tools first, like `serve` does its tools.
    Check,
    /// Measure how long a test of a chapter and a rebuild take, and what fragments cost.
    Bench,
    /// Be mdBook's preprocessor `diagrams`: read a book on stdin, write it to stdout.
    #[command(hide = true)]
    Diagrams {
        /// `supports RENDERER`, which mdBook asks first.
        question: Vec<String>,
    },
    /// Be mdBook's preprocessor `terms`: read a book on stdin, write it to stdout.
    #[command(hide = true)]
    Terms {
        /// `supports RENDERER`, which mdBook asks first.
        question: Vec<String>,
    },
    /// Be mdBook's preprocessor `questions`: read a book on stdin, write it to stdout.
    #[command(hide = true)]
    Questions {
        /// `supports RENDERER`, which mdBook asks first.
        question: Vec<String>,
    },
}

fn main() -> ExitCode {
    let root = xtask::root();
    let result = match Arguments::parse().task {
        Task::Serve { open, port } => xtask::build::serve(&root, open, port),
        Task::Build => xtask::build::build(&root),
        Task::Site { url } => xtask::build::site(&root, url.as_deref()),
        Task::Test { chapter, bless } => xtask::test::test(&root, chapter.as_deref(), bless),
        Task::Measure { chapter, programs } => xtask::measure::measure(&root, &chapter, &programs),
        Task::NewLesson { lesson } => xtask::new_lesson::create(&root, &lesson).map(|done| {
            println!("{done}");
        }),
        Task::Check => xtask::check::check(&root),
        Task::Bench => xtask::bench::bench(&root),
        Task::Diagrams { question } => xtask::diagrams::answer(&question),
        Task::Terms { question } => xtask::terms::answer(&question),
        Task::Questions { question } => xtask::questions::answer(&question),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
