//! Object-oriented: objects keep their state to themselves and answer calls.

use std::cmp::Reverse;
use std::io;

use paradigms::{Request, read_log, requests};

trait Report {
    fn record(&mut self, request: &Request);
    fn print(&self);
}

#[derive(Default)]
struct Hours {
    counts: [u32; 24],
}

impl Hours {
    fn add(&mut self, hour: usize) {
        self.counts[hour] += 1;
    }

    fn print_busiest(&self, title: &str) {
        let mut hours: Vec<usize> = (0..24).collect();
        hours.retain(|&hour| self.counts[hour] > 0);
        hours.sort_by_key(|&hour| Reverse(self.counts[hour]));
        println!("{title}");
        for hour in hours.into_iter().take(3) {
            println!("  {hour:02}:00 {}", self.counts[hour]);
        }
    }
}

#[derive(Default)]
struct AllRequests {
    hours: Hours,
}

impl Report for AllRequests {
    fn record(&mut self, request: &Request) {
        self.hours.add(request.hour);
    }

    fn print(&self) {
        self.hours.print_busiest("requests");
    }
}

fn main() -> io::Result<()> {
    let mut reports: Vec<Box<dyn Report>> = vec![Box::new(AllRequests::default())];
    for request in requests(read_log()?.lines()) {
        for report in &mut reports {
            report.record(&request);
        }
    }
    for report in &reports {
        report.print();
    }
    Ok(())
}
