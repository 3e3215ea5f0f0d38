//! Concurrent: up to four threads count a part each, and `main` adds up what they return.

use std::{array, io, thread};

use paradigms::{print_busiest, read_log, requests};

fn count(lines: &[&str]) -> [u32; 24] {
    let mut counts = [0; 24];
    for request in requests(lines.iter().copied()) {
        counts[request.hour] += 1;
    }
    counts
}

fn main() -> io::Result<()> {
    let log = read_log()?;
    let lines: Vec<&str> = log.lines().collect();
    let part = lines.len().div_ceil(4).max(1);

    let counts = thread::scope(|scope| {
        let threads: Vec<_> = lines
            .chunks(part)
            .map(|part| scope.spawn(move || count(part)))
            .collect();
        threads.into_iter().fold([0; 24], |sum, thread| {
            let counts = thread.join().expect("stderr can be written");
            array::from_fn(|hour| sum[hour] + counts[hour])
        })
    });

    print_busiest("requests", &counts);
    Ok(())
}
