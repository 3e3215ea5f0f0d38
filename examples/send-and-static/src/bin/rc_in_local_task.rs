//! A task that owns an `Rc`, on a runtime that never moves a task to another thread.

use std::cell::Cell;
use std::rc::Rc;

use tokio::task::spawn_local;

#[tokio::main(flavor = "local")]
async fn main() {
    let sold = Rc::new(Cell::new(0));
    let counter = Rc::clone(&sold);
    let task = spawn_local(async move { counter.set(counter.get() + 1) });
    task.await.expect("it does not panic");
    println!("sold: {}", sold.get());
}
