//! What Ctrl-C does: it ends the process that measures, and leaves no file behind, or a whole one.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result};

/// The exit code of a program that ends because of Ctrl-C: 128 and the number of the signal.
pub const EXIT_CODE: i32 = 130;

/// What Ctrl-C would interrupt. Clones are the same.
#[derive(Clone, Debug, Default)]
pub struct Interrupt {
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    /// The process that measures now.
    child: Option<Child>,
    /// The file that has been written.
    written: Option<PathBuf>,
}

impl Interrupt {
    /// From now on, Ctrl-C kills the process that measures, says what is lost, and ends this process
    /// with [`EXIT_CODE`].
    ///
    /// # Errors
    /// If Ctrl-C has been caught already, or can't be.
    pub fn catch() -> Result<Interrupt> {
        let interrupt = Interrupt::default();
        let handler = interrupt.clone();
        // The crate calls this on a thread of its own, so that it may lock and print.
        ctrlc::set_handler(move || handler.end()).context("can't catch Ctrl-C")?;
        Ok(interrupt)
    }

    /// Starts a process that Ctrl-C kills.
    ///
    /// # Errors
    /// If it can't be started.
    pub fn start(&self, command: &mut Command) -> io::Result<Started<'_>> {
        let mut state = self.state();
        let mut child = command.spawn()?;
        let stdout = child.stdout.take();
        state.child = Some(child);
        Ok(Started {
            interrupt: self,
            stdout,
        })
    }

    /// Writes the file by `write`, which Ctrl-C does not interrupt: it comes before or after.
    ///
    /// # Errors
    /// Those of `write`.
    pub fn write(&self, file: &Path, write: impl FnOnce() -> Result<()>) -> Result<()> {
        let mut state = self.state();
        write()?;
        state.written = Some(file.to_owned());
        Ok(())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn end(&self) -> ! {
        // Held to the end, so that nothing is started or written any more.
        let mut state = self.state();
        if let Some(child) = &mut state.child {
            // An error means that it has ended by itself.
            let _ = child.kill();
            let _ = child.wait();
        }
        match &state.written {
            None => eprintln!("\ninterrupted: what was measured is lost, and no file is written"),
            Some(file) => eprintln!("\ninterrupted: all is measured, and in {}", file.display()),
        }
        std::process::exit(EXIT_CODE);
    }
}

/// A process that Ctrl-C kills.
#[derive(Debug)]
pub struct Started<'a> {
    interrupt: &'a Interrupt,
    /// Its standard output, if the command says that it is piped.
    pub stdout: Option<std::process::ChildStdout>,
}

impl Started<'_> {
    /// Waits for the end of the process. Its output has to be read before.
    ///
    /// If the process ends by Ctrl-C, which the terminal sends to it too, this process ends.
    ///
    /// # Errors
    /// If it can't be waited for.
    pub fn wait(self) -> io::Result<ExitStatus> {
        let child = self.interrupt.state().child.take();
        let status = child.expect("`start` has put it there").wait()?;
        if is_interrupt(status) {
            self.interrupt.end();
        }
        Ok(status)
    }
}

#[cfg(unix)]
fn is_interrupt(status: ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;

    status.signal() == Some(nix::libc::SIGINT)
}

#[cfg(not(unix))]
fn is_interrupt(status: ExitStatus) -> bool {
    const STATUS_CONTROL_C_EXIT: i32 = 0xC000_013A_u32 as i32; // how Windows ends a program then

    status.code() == Some(STATUS_CONTROL_C_EXIT)
}
