//! A task that never has a turn, since `main` is over first.

#[tokio::main(flavor = "current_thread")]
async fn main() {
    tokio::spawn(async { println!("report: saved") });
    println!("main: done");
}
