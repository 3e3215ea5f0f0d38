//! `try_join!` ends with the first error and drops the other future where it is.

use std::time::Duration;

use tokio::time::{self, Instant};

struct Download(&'static str);

impl Drop for Download {
    fn drop(&mut self) {
        println!("{}: closed", self.0);
    }
}

async fn fetch(name: &'static str, takes: u64) -> Result<usize, String> {
    let _download = Download(name);
    time::sleep(Duration::from_millis(takes)).await;
    if name == "map" {
        return Err(format!("{name}: not found"));
    }
    println!("{name}: complete");
    Ok(name.len())
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let both = tokio::try_join!(fetch("map", 100), fetch("timetable", 300));
    println!("{both:?} after {} ms", start.elapsed().as_millis());
}
