//! Tasks that share an `Rc`, on a runtime that never moves a task to another thread.

use std::cell::Cell;
use std::rc::Rc;

use tokio::task;

#[tokio::main(flavor = "local")]
async fn main() {
    let visits = Rc::new(Cell::new(0));
    let mut doors = Vec::new();
    for _ in 0..100 {
        let visits = Rc::clone(&visits);
        doors.push(task::spawn_local(async move {
            visits.set(visits.get() + 1);
            task::yield_now().await;
        }));
    }
    for door in doors {
        door.await.expect("no door panics");
    }
    println!("visits: {}", visits.get());
}
