//! Embassy's executor, on a computer: its tasks are in statics, not on the heap.

use std::process;

use embassy_executor::{Executor, Spawner};

static EXECUTOR: static_cell::StaticCell<Executor> = static_cell::StaticCell::new();

#[embassy_executor::task]
async fn lamp(spawner: Spawner) {
    println!("lamp: on");
    spawner.spawn(button().expect("the task is free"));
}

#[embassy_executor::task]
async fn button() {
    println!("button: pressed");
    process::exit(0); // an executor of Embassy's never returns
}

fn main() {
    let executor = EXECUTOR.init(Executor::new());
    executor.run(|spawner| spawner.spawn(lamp(spawner).expect("the task is free")));
}
