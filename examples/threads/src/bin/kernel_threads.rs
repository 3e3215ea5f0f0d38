//! Asks the Linux kernel which threads it has for this process.

#[cfg(target_os = "linux")]
fn main() -> std::io::Result<()> {
    use std::fs;
    use std::io::Result;
    use std::sync::Barrier;
    use std::thread::Builder;

    static BEGUN: Barrier = Barrier::new(3);
    static END: Barrier = Barrier::new(3);

    fn wait_for_the_end() {
        BEGUN.wait();
        END.wait();
    }

    /// The names in the kernel's records of the threads of this process.
    fn kernel_threads() -> Result<Vec<String>> {
        let mut names = Vec::new();
        for folder in fs::read_dir("/proc/self/task")? {
            let name = fs::read_to_string(folder?.path().join("comm"))?;
            names.push(name.trim_end().to_owned());
        }
        names.sort();
        Ok(names)
    }

    println!("at the start: {:?}", kernel_threads()?);
    let north = Builder::new()
        .name("north".to_owned())
        .spawn(wait_for_the_end)?;
    let south = Builder::new()
        .name("south".to_owned())
        .spawn(wait_for_the_end)?;
    BEGUN.wait(); // until both have begun
    println!("two spawned: {:?}", kernel_threads()?);
    END.wait(); // lets them end

    north.join().expect("waiting does not panic");
    south.join().expect("waiting does not panic");
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("skipped: this program reads /proc, which Linux has");
}
