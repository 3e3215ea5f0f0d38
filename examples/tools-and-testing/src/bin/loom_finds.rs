//! loom runs two threads in one order of their steps after another, until one loses a seat.

use std::panic;

use loom::sync::Arc;
use loom::sync::atomic::{AtomicU32, Ordering};
use loom::thread;

fn sell(sold: &AtomicU32) {
    let seats = sold.load(Ordering::SeqCst);
    sold.store(seats + 1, Ordering::SeqCst); // somebody may have sold one in between
}

fn two_sales() {
    let sold = Arc::new(AtomicU32::new(0));
    let for_thread = Arc::clone(&sold);
    let thread = thread::spawn(move || sell(&for_thread));
    sell(&sold);
    thread.join().expect("it does not panic");
    assert_eq!(sold.load(Ordering::SeqCst), 2, "a sale is lost");
}

fn main() {
    let panic = panic::catch_unwind(|| loom::model(two_sales));
    let payload = panic.expect_err("loom finds it");
    println!("{}", payload.downcast::<String>().expect("a text"));
}
