//! Three steps, each with a callback. What comes next stands inside what comes before.

use std::collections::VecDeque;

type Work = Box<dyn FnOnce(&mut Queue)>;

/// The whole event loop: work that is still to do.
#[derive(Default)]
struct Queue(VecDeque<Work>);

impl Queue {
    /// Calls `callback` with the answer: later, as a server's answer would come.
    fn ask<T: 'static>(
        &mut self,
        answer: Result<T, String>,
        callback: impl FnOnce(&mut Queue, Result<T, String>) + 'static,
    ) {
        self.0
            .push_back(Box::new(move |queue| callback(queue, answer)));
    }

    fn run(&mut self) {
        while let Some(work) = self.0.pop_front() {
            work(self);
        }
    }
}

fn find_part(name: &str) -> Result<u32, String> {
    match name {
        "wheel" => Ok(1),
        "lamp" => Ok(2),
        _ => Err(format!("no part is called {name}")),
    }
}

fn find_price(part: u32) -> Result<u32, String> {
    match part {
        1 => Ok(40),
        _ => Err(format!("part {part} has no price")),
    }
}

fn convert(euros: u32) -> Result<u32, String> {
    Ok(euros * 2)
}

fn main() {
    let mut queue = Queue::default();
    for name in ["wheel", "lamp", "sail"] {
        queue.ask(find_part(name), move |queue, part| match part {
            Err(error) => println!("{name}: {error}"),
            Ok(part) => queue.ask(find_price(part), move |queue, euros| match euros {
                Err(error) => println!("{name}: {error}"),
                Ok(euros) => queue.ask(convert(euros), move |_, crowns| match crowns {
                    Err(error) => println!("{name}: {error}"),
                    Ok(crowns) => println!("{name}: {euros} euros, {crowns} crowns"),
                }),
            }),
        });
        println!("{name}: asked");
    }
    queue.run();
}
