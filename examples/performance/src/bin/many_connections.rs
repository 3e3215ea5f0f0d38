//! Each connection takes a file descriptor, and a process may have only so many.

#[cfg(unix)]
#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    use futures::future::try_join_all;
    use nix::sys::resource::{Resource, getrlimit, setrlimit};
    use tokio::net::{TcpListener, TcpStream};

    // A low limit, so that a few connections reach it.
    let (_, maximum) = getrlimit(Resource::RLIMIT_NOFILE)?;
    setrlimit(Resource::RLIMIT_NOFILE, 64, maximum)?;

    let server = TcpListener::bind("127.0.0.1:0").await?;
    let address = server.local_addr()?;
    let downloads = (0..1000).map(|_| TcpStream::connect(address));
    let error = try_join_all(downloads).await.expect_err("64 is the limit");
    println!("{error}");
    Ok(())
}

#[cfg(not(unix))]
fn main() {
    println!("skipped: this program lowers its limit by setrlimit, which only Unix systems have");
}
