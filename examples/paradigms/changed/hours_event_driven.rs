//! Event-driven: handlers say what they do when something happens, and wait to be called.

use std::cmp::Reverse;
use std::io;

use paradigms::{Request, read_log, requests};

enum Event {
    Requested(Request),
    LogEnded,
}

type Handler = Box<dyn FnMut(&Event)>;

#[derive(Default)]
struct Source {
    handlers: Vec<Handler>,
}

impl Source {
    fn subscribe(&mut self, handler: impl FnMut(&Event) + 'static) {
        self.handlers.push(Box::new(handler));
    }

    fn emit(&mut self, event: &Event) {
        for handler in &mut self.handlers {
            handler(event);
        }
    }
}

fn print_busiest(title: &str, counts: &[u32; 24]) {
    let mut hours: Vec<usize> = (0..24).filter(|&hour| counts[hour] > 0).collect();
    hours.sort_by_key(|&hour| Reverse(counts[hour]));
    println!("{title}");
    for hour in hours.into_iter().take(3) {
        println!("  {hour:02}:00 {}", counts[hour]);
    }
}

fn all_requests() -> impl FnMut(&Event) {
    let mut counts = [0; 24];
    move |event| match event {
        Event::Requested(request) => counts[request.hour] += 1,
        Event::LogEnded => print_busiest("requests", &counts),
    }
}

fn server_errors() -> impl FnMut(&Event) {
    let mut counts = [0; 24];
    move |event| match event {
        Event::Requested(request) if request.status >= 500 => {
            counts[request.hour] += 1;
        }
        Event::Requested(_) => {}
        Event::LogEnded => print_busiest("errors", &counts),
    }
}

fn main() -> io::Result<()> {
    let mut source = Source::default();
    source.subscribe(all_requests());
    source.subscribe(server_errors());

    for request in requests(read_log()?.lines()) {
        source.emit(&Event::Requested(request));
    }
    source.emit(&Event::LogEnded);
    Ok(())
}
