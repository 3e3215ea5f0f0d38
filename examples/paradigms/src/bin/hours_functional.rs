//! Functional: values made from values, by functions that change nothing.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io;

use paradigms::{Request, read_log, requests};

fn count(requests: impl Iterator<Item = Request>) -> [u32; 24] {
    requests.fold([0; 24], |mut counts, request| {
        counts[request.hour] += 1;
        counts
    })
}

fn busiest(counts: [u32; 24]) -> String {
    (0..24)
        .filter(|&hour| counts[hour] > 0)
        .map(|hour| (Reverse(counts[hour]), hour))
        .collect::<BinaryHeap<_>>()
        .into_sorted_vec()
        .into_iter()
        .take(3)
        .map(|(Reverse(count), hour)| format!("  {hour:02}:00 {count}\n"))
        .collect()
}

fn main() -> io::Result<()> {
    let log = read_log()?;
    print!("requests\n{}", busiest(count(requests(log.lines()))));
    Ok(())
}
