//! Concurrent: up to four threads count a part each, and `main` adds up what they return.

use std::{array, io, thread};

use paradigms::{print_busiest, read_log, requests};

fn count(lines: &[&str]) -> [[u32; 24]; 2] {
    let mut counts = [0; 24];
    let mut errors = [0; 24];
    for request in requests(lines.iter().copied()) {
        counts[request.hour] += 1;
        if request.status >= 500 {
            errors[request.hour] += 1;
        }
    }
    [counts, errors]
}

fn main() -> io::Result<()> {
    let log = read_log()?;
    let lines: Vec<&str> = log.lines().collect();
    let part = lines.len().div_ceil(4).max(1);

    let [counts, errors] = thread::scope(|scope| {
        let threads: Vec<_> = lines
            .chunks(part)
            .map(|part| scope.spawn(move || count(part)))
            .collect();
        threads.into_iter().fold([[0; 24]; 2], |sum, thread| {
            let counts = thread.join().expect("stderr can be written");
            array::from_fn(|kind| array::from_fn(|hour| sum[kind][hour] + counts[kind][hour]))
        })
    });

    print_busiest("requests", &counts);
    print_busiest("errors", &errors);
    Ok(())
}
