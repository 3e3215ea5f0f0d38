//! One client that waits for each answer: the kernel's switches with a thread and with a task.

#[cfg(unix)]
fn main() -> std::io::Result<()> {
    unix::main()
}

#[cfg(not(unix))]
fn main() {
    println!("skipped: this program calls getrusage, which only Unix systems have");
}

#[cfg(unix)]
mod unix {
    use std::io::{self, Read, Write};
    use std::net::{Ipv4Addr, TcpListener, TcpStream};
    use std::thread;
    use std::time::Instant;

    use nix::sys::resource::{UsageWho, getrusage};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    const REQUESTS: u32 = 5_000;

    pub fn main() -> io::Result<()> {
        let limit = i64::from(REQUESTS) / 2;
        for (name, serve) in [("thread", serve as Serve), ("task", serve_in_a_task)] {
            let switches = ask(name, serve)?;
            println!("{name}: {limit} switches or more: {}", switches >= limit);
        }
        Ok(())
    }

    type Serve = fn(TcpStream) -> io::Result<()>;

    /// Sends each request when it has the answer to the one before; returns the switches.
    fn ask(name: &str, serve: Serve) -> io::Result<i64> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let mut client = TcpStream::connect(listener.local_addr()?)?;
        client.set_nodelay(true)?;
        let (stream, _) = listener.accept()?;
        stream.set_nodelay(true)?;
        let server = thread::spawn(move || serve(stream));

        let mut byte = [1];
        let before = switches()?;
        let start = Instant::now();
        for _ in 0..REQUESTS {
            client.write_all(&byte)?;
            client.read_exact(&mut byte)?;
        }
        let time = start.elapsed() / REQUESTS;
        let switches = switches()? - before;
        drop(client);
        server.join().expect("the server does not panic")?;
        eprintln!("{name}: {} ns a request", time.as_nanos());
        eprintln!("{name}: {switches} switches for {REQUESTS} requests");
        Ok(switches)
    }

    fn serve(mut stream: TcpStream) -> io::Result<()> {
        let mut byte = [0];
        while stream.read(&mut byte)? > 0 {
            stream.write_all(&byte)?;
        }
        Ok(())
    }

    #[tokio::main(flavor = "current_thread")]
    async fn serve_in_a_task(stream: TcpStream) -> io::Result<()> {
        stream.set_nonblocking(true)?; // tokio asks for that
        let mut stream = tokio::net::TcpStream::from_std(stream)?;
        let mut byte = [0];
        while stream.read(&mut byte).await? > 0 {
            stream.write_all(&byte).await?;
        }
        Ok(())
    }

    /// How often the kernel has switched away from a thread of this process, of both kinds.
    fn switches() -> io::Result<i64> {
        let usage = getrusage(UsageWho::RUSAGE_SELF)?;
        Ok(usage.voluntary_context_switches() + usage.involuntary_context_switches())
    }
}
