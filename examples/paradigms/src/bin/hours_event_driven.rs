//! Event-driven: handlers say what they do when something happens, and a source calls them.

use std::io;

use paradigms::{Request, print_busiest, read_log, requests};

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

    fn run(mut self, requests: impl Iterator<Item = Request>) {
        for request in requests {
            self.emit(&Event::Requested(request));
        }
        self.emit(&Event::LogEnded);
    }

    fn emit(&mut self, event: &Event) {
        for handler in &mut self.handlers {
            handler(event);
        }
    }
}

fn all_requests() -> impl FnMut(&Event) {
    let mut counts = [0; 24];
    move |event| match event {
        Event::Requested(request) => counts[request.hour] += 1,
        Event::LogEnded => print_busiest("requests", &counts),
    }
}

fn main() -> io::Result<()> {
    let mut source = Source::default();
    source.subscribe(all_requests());

    source.run(requests(read_log()?.lines()));
    Ok(())
}
