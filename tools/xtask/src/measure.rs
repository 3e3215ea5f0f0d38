//! `cargo xtask measure`: record the figures that the programs of a chapter measure on this machine.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context, Result, bail, ensure};
use jiff::Timestamp;
use sysinfo::{CpuRefreshKind, MemoryRefreshKind, RefreshKind, System};

/// Runs these programs of `chapter`, built for release, and writes what they print to stderr into
/// `NAME.measured` beside their source, below a line that names the machine. Without names: those
/// that have such a file.
///
/// # Errors
/// That there is no such chapter or program, or that a program fails, is skipped on this system or
/// prints no figures. What was recorded before stays then.
pub fn measure(root: &Path, chapter: &str, programs: &[String]) -> Result<()> {
    let Some(package) = crate::test::package_of(root, chapter) else {
        bail!("`{chapter}` has no package in `examples`");
    };
    let bin = root.join("examples").join(&package).join("src").join("bin");
    let mut names = programs.to_vec();
    if names.is_empty() {
        for entry in fs::read_dir(&bin).with_context(|| format!("`{package}` has no programs"))? {
            let file = entry?.path();
            if file.extension().is_some_and(|ending| ending == "measured")
                && let Some(stem) = file.file_stem()
            {
                names.push(stem.to_string_lossy().into_owned());
            }
        }
        names.sort();
        ensure!(
            !names.is_empty(),
            "no program of `{package}` has recorded figures: name the one that measures"
        );
    }
    for name in &names {
        ensure!(
            bin.join(name).with_extension("rs").is_file(),
            "there is no program `examples/{package}/src/bin/{name}.rs`"
        );
    }
    let machine = machine()?;
    for name in &names {
        let arguments = ["--release", "--package", &*package, "--bin", &**name];
        crate::run(crate::cargo(root).arg("build").args(arguments))?;
        let mut run = crate::cargo(root);
        run.args(["run", "--quiet"]).args(arguments);
        let output = run
            .stdin(Stdio::null())
            .output()
            .with_context(|| format!("can't run `{name}`"))?;
        let [said, figures] =
            [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text));
        ensure!(
            output.status.success(),
            "`{name}` fails: {}\n{figures}",
            output.status
        );
        ensure!(!said.starts_with("skipped: "), "`{name}` is {said}");
        ensure!(
            !figures.is_empty(),
            "`{name}` prints no figures: it has to print them to stderr"
        );
        let file = bin.join(name).with_extension("measured");
        let text = format!("{machine}\n{figures}").replace("\r\n", "\n");
        fs::write(&file, &text).with_context(|| format!("can't write `{}`", file.display()))?;
        println!("examples/{package}/src/bin/{name}.measured:\n{text}");
    }
    Ok(())
}

/// This machine, system and compiler and the date, in one line.
fn machine() -> Result<String> {
    let what = RefreshKind::nothing()
        .with_cpu(CpuRefreshKind::nothing())
        .with_memory(MemoryRefreshKind::nothing().with_ram());
    let system = System::new_with_specifics(what).context("can't ask the system")?;
    let cpu = system.cpus().first().map_or("", |cpu| cpu.brand().trim());
    let cores = thread::available_parallelism().context("can't count the cores")?;
    let memory = system.total_memory().div_ceil(1 << 30);
    let name = System::name().unwrap_or_else(|_| std::env::consts::OS.to_owned());
    let kernel = match std::env::consts::OS {
        // The name is that of the distribution; what matters here is the kernel.
        "linux" => format!("Linux {}", System::kernel_version().unwrap_or_default()),
        _ => format!("{name} {}", System::os_version().unwrap_or_default()),
    };
    let output = Command::new("rustc")
        .arg("--version")
        .output()
        .context("can't run rustc")?;
    let output = String::from_utf8_lossy(&output.stdout);
    let rustc = output.split_whitespace().take(2).collect::<Vec<_>>();
    let date = Timestamp::now().strftime("%Y-%m-%d");
    Ok(format!(
        "{cpu}, {cores} core{}, {memory} GiB, {}, {}, {date}",
        if cores.get() == 1 { "" } else { "s" },
        kernel.trim(),
        rustc.join(" ")
    ))
}
