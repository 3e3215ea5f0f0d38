//! A task that waits in the queue of a blocked worker is stolen by another.

use std::sync::{Arc, Barrier};

use tokio::task;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let meeting = Arc::new(Barrier::new(2));
    let host = task::spawn(async move {
        let guest = task::spawn({
            let meeting = Arc::clone(&meeting);
            async move {
                meeting.wait();
                std::thread::current().id()
            }
        });
        task::spawn(async {}); // takes the place in front, so the guest goes into the queue
        meeting.wait(); // blocks this worker: only another one can run the guest
        (std::thread::current().id(), guest)
    });
    let (host_thread, guest) = host.await.expect("it does not panic");
    let guest_thread = guest.await.expect("it does not panic");
    println!("on another thread: {}", guest_thread != host_thread);
}
