//! A job panics. Its handle says so, and its worker takes the next job.

use std::thread;

use thread_pools::ThreadPool;

fn main() {
    let pool = ThreadPool::new(1, 8);

    let before = pool.submit(|| thread::current().id());
    let broken = pool.submit(|| -> u32 { panic!("picture 2 is no picture") });
    let after = pool.submit(|| thread::current().id());

    let before = before.join().expect("the first job does not panic");
    match broken.join() {
        Ok(width) => println!("picture 2 is {width} pixels wide"),
        Err(panic) => match panic.downcast_ref::<&str>() {
            Some(message) => println!("the job panicked: {message}"),
            None => println!("the job panicked"),
        },
    }
    let after = after.join().expect("the third job does not panic");
    println!("the same thread before and after: {}", before == after);
}
