//! A `select!` that has nothing left to wait for.

use tokio::sync::mpsc;
use tokio::task;

async fn print_all(mut jobs: mpsc::Receiver<String>, mut urgent: mpsc::Receiver<String>) {
    loop {
        tokio::select! {
            Some(job) = jobs.recv() => println!("{job}"),
            Some(job) = urgent.recv() => println!("urgent: {job}"),
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (job_sender, jobs) = mpsc::channel(8);
    let (urgent_sender, urgent) = mpsc::channel(8);
    drop((job_sender, urgent_sender)); // no more jobs
    let printer = task::spawn(print_all(jobs, urgent));
    let error = printer.await.expect_err("it panics");
    let message = error.into_panic().downcast::<&str>();
    println!("{}", message.expect("panics with a text"));
}
