//! Two tests that listen on the same port.

use std::io;

use tokio::net::TcpListener;

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let first_test = TcpListener::bind("127.0.0.1:0").await?;
    let port = first_test.local_addr()?.port(); // in your tests: 8080
    let second_test = TcpListener::bind(("127.0.0.1", port)).await;
    let error = second_test.expect_err("the port is taken");
    if cfg!(target_os = "linux") {
        println!("{error}");
    } else {
        println!("skipped: the error is {error}, and only Linux words it so");
    }
    Ok(())
}
