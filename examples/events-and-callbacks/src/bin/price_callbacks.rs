//! Three steps, each with a callback. What comes next stands inside what comes before.

use std::collections::VecDeque;

type Work = Box<dyn FnOnce(&mut Loop)>;

/// An event loop: work that is still to do.
#[derive(Default)]
struct Loop(VecDeque<Work>);

impl Loop {
    /// Calls `callback` with the answer: later, as a server's answer would come.
    fn ask<T: 'static>(
        &mut self,
        answer: Result<T, String>,
        callback: impl FnOnce(&mut Loop, Result<T, String>) + 'static,
    ) {
        self.0
            .push_back(Box::new(move |event_loop| callback(event_loop, answer)));
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
    let mut event_loop = Loop::default();
    for name in ["wheel", "lamp", "sail"] {
        event_loop.ask(find_part(name), move |event_loop, part| match part {
            Err(error) => println!("{name}: {error}"),
            Ok(part) => event_loop.ask(find_price(part), move |event_loop, euros| match euros {
                Err(error) => println!("{name}: {error}"),
                Ok(euros) => event_loop.ask(convert(euros), move |_, crowns| match crowns {
                    Err(error) => println!("{name}: {error}"),
                    Ok(crowns) => println!("{name}: {euros} euros, {crowns} crowns"),
                }),
            }),
        });
        println!("{name}: asked");
    }
    event_loop.run();
}
