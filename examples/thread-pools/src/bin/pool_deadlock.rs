//! Jobs that wait for jobs behind them in the queue, and a way out.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Barrier};
use std::time::Duration;

use thread_pools::ThreadPool;

fn main() {
    // The mistake: the jobs wait. Both workers have an album before
    // the first picture comes.
    let pool = Arc::new(ThreadPool::new(2, 8));
    let both_began = Arc::new(Barrier::new(2));
    let (submitted, is_submitted) = mpsc::channel();
    let (done, is_done) = mpsc::channel();
    for _album in 0..2 {
        let (same_pool, both_began) = (Arc::clone(&pool), Arc::clone(&both_began));
        let (submitted, done) = (submitted.clone(), done.clone());
        pool.submit(move || {
            both_began.wait();
            let picture = same_pool.submit(|| "a picture");
            submitted.send(()).expect("main waits for it");
            let picture = picture.join().expect("no picture panics");
            done.send(picture).expect("main waits for it");
        });
    }

    // An album that has submitted does nothing more but wait.
    let waiting = is_submitted.iter().take(2).count();
    println!("workers that wait for a picture: {waiting}");
    println!("pictures that wait for a worker: {}", pool.queued());

    let finished = is_done.recv_timeout(Duration::from_millis(200));
    assert_eq!(finished, Err(RecvTimeoutError::Timeout));
    println!("done: nothing");

    // A way out: the job waits neither for a picture nor for room.
    let second_pool = Arc::new(ThreadPool::new(2, 8)); // the first is stuck
    let same_pool = Arc::clone(&second_pool);
    let album = second_pool.submit(move || same_pool.try_submit(|| "a picture"));
    let picture = match album.join().expect("the album does not panic") {
        Ok(picture) => picture.join().expect("nor does the picture"),
        Err(picture) => picture(), // no room: whoever has it can run it
    };
    println!("done: {picture}");
    // The stuck jobs own the first pool too, so `main` does not drop it, and ends.
}
