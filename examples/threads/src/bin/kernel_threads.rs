//! Asks the Linux kernel which threads it has for this process.

#[cfg(target_os = "linux")]
fn main() -> std::io::Result<()> {
    use std::sync::{Arc, Barrier};
    use std::thread::{self, Builder};

    /// The names in the kernel's records of the threads of this process.
    fn kernel_threads() -> std::io::Result<Vec<String>> {
        let mut names = Vec::new();
        for thread in std::fs::read_dir("/proc/self/task")? {
            let name = std::fs::read_to_string(thread?.path().join("comm"))?;
            names.push(name.trim_end().to_owned());
        }
        names.sort();
        Ok(names)
    }

    println!("at the start: {:?}", kernel_threads()?);

    let (begun, end) = (Arc::new(Barrier::new(3)), Arc::new(Barrier::new(3)));
    let mut sensors = Vec::new();
    for name in ["sensor north", "sensor south"] {
        let (begun, end) = (Arc::clone(&begun), Arc::clone(&end));
        let sensor = Builder::new().name(name.to_owned()).spawn(move || {
            begun.wait();
            end.wait();
            thread::current().id()
        })?;
        sensors.push(sensor);
    }
    begun.wait();
    println!("two spawned:  {:?}", kernel_threads()?);
    end.wait();

    let [north, south] = [0, 1].map(|_| sensors.remove(0).join().expect("no sensor panics"));
    println!(
        "ids differ:   {}",
        north != south && north != thread::current().id()
    );
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("skipped: this program reads /proc, which Linux has");
}
