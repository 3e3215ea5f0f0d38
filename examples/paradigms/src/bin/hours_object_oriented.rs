//! Object-oriented: a report is an object that decides what it counts.

use std::io;

use paradigms::{Request, read_log, requests};

mod hours {
    #[derive(Default)]
    pub struct Hours {
        counts: [u32; 24], // private: only the code in this `mod` can name it
    }

    impl Hours {
        pub fn count(&mut self, hour: usize) {
            self.counts[hour] += 1;
        }

        pub fn print(&self, title: &str) {
            paradigms::print_busiest(title, &self.counts);
        }
    }
}

trait Report {
    fn record(&mut self, request: &Request);
    fn print(&self);
}

#[derive(Default)]
struct AllRequests {
    hours: hours::Hours,
}

impl Report for AllRequests {
    fn record(&mut self, request: &Request) {
        self.hours.count(request.hour);
    }

    fn print(&self) {
        self.hours.print("requests");
    }
}

#[derive(Default)]
struct Reports {
    all: Vec<Box<dyn Report>>,
}

impl Reports {
    fn add(&mut self, report: impl Report + 'static) {
        self.all.push(Box::new(report));
    }
}

fn main() -> io::Result<()> {
    let mut reports = Reports::default();
    reports.add(AllRequests::default());

    for request in requests(read_log()?.lines()) {
        for report in &mut reports.all {
            report.record(&request);
        }
    }
    for report in &reports.all {
        report.print();
    }
    Ok(())
}
