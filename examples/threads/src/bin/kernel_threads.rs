//! Asks the Linux kernel which threads it has for this process.

#[cfg(target_os = "linux")]
fn main() -> std::io::Result<()> {
    use std::fs;
    use std::io::Result;
    use std::sync::Barrier;
    use std::thread::{self, Builder, ThreadId};

    static BEGUN: Barrier = Barrier::new(3);
    static END: Barrier = Barrier::new(3);

    fn measure() -> ThreadId {
        BEGUN.wait();
        END.wait();
        thread::current().id()
    }

    /// The names in the kernel's records of the threads of this process.
    fn kernel_threads() -> Result<Vec<String>> {
        let mut names = Vec::new();
        for thread in fs::read_dir("/proc/self/task")? {
            let name = fs::read_to_string(thread?.path().join("comm"))?;
            names.push(name.trim_end().to_owned());
        }
        names.sort();
        Ok(names)
    }

    println!("at the start: {:?}", kernel_threads()?);
    let north = Builder::new().name("north".to_owned()).spawn(measure)?;
    let south = Builder::new().name("south".to_owned()).spawn(measure)?;
    BEGUN.wait(); // until both have begun
    println!("two spawned: {:?}", kernel_threads()?);
    END.wait(); // lets them end

    let north = north.join().expect("a sensor does not panic");
    let south = south.join().expect("a sensor does not panic");
    println!("the same id: {}", north == south);
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("skipped: this program reads /proc, which Linux has");
}
