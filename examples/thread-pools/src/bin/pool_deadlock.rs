//! Jobs that wait for jobs behind them in the queue, and a way out.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Barrier};
use std::time::Duration;

use thread_pools::ThreadPool;

fn main() {
    let pool = Arc::new(ThreadPool::new(2, 8));

    // The way out: the job returns the handle, and `main` waits.
    let album = pool.submit({
        let pool = Arc::clone(&pool);
        move || pool.submit(|| "a picture")
    });
    let picture = album.join().expect("the album does not panic");
    println!("done: {}", picture.join().expect("nor does the picture"));

    // The mistake: the jobs wait. Both workers have an album before
    // the first picture comes.
    let both_began = Arc::new(Barrier::new(2));
    let (submitted, is_submitted) = mpsc::channel();
    let (done, is_done) = mpsc::channel();
    for _album in 0..2 {
        let (pool, both_began) = (Arc::clone(&pool), Arc::clone(&both_began));
        let (submitted, done) = (submitted.clone(), done.clone());
        pool.clone().submit(move || {
            both_began.wait();
            let picture = pool.submit(|| "a picture");
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
    // The stuck jobs share the pool, so `main` does not drop it, and ends.
}
