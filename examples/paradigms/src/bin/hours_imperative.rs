//! Imperative: the steps, in the order in which they happen.

use std::io;

use paradigms::{read_log, requests};

fn main() -> io::Result<()> {
    let log = read_log()?;
    let mut counts = [0; 24];
    for request in requests(log.lines()) {
        counts[request.hour] += 1;
    }

    println!("requests");
    for _ in 0..3 {
        let mut busiest = 0;
        for hour in 1..24 {
            if counts[hour] > counts[busiest] {
                busiest = hour;
            }
        }
        if counts[busiest] == 0 {
            break;
        }
        println!("  {busiest:02}:00 {}", counts[busiest]);
        counts[busiest] = 0;
    }
    Ok(())
}
