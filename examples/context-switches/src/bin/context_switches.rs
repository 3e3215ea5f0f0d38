//! The smallest program that has the problem of this chapter.

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("Context switches: say here what the reader sees");
}
