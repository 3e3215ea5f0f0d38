//! A socket belongs to the runtime on which it was made, and ends with it.

use std::io;

use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};

/// What `#[tokio::test]` makes for each test.
fn runtime_of_a_test() -> io::Result<Runtime> {
    Builder::new_current_thread().enable_all().build()
}

fn main() -> io::Result<()> {
    let first_test = runtime_of_a_test()?;
    let mut client = first_test.block_on(async {
        let server = TcpListener::bind("127.0.0.1:0").await?;
        TcpStream::connect(server.local_addr()?).await
    })?;
    drop(first_test); // it has passed

    let second_test = runtime_of_a_test()?;
    let sent = second_test.block_on(client.write_all(b"two lamps"));
    println!("{}", sent.expect_err("its runtime is gone"));
    Ok(())
}
