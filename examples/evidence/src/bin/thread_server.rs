//! A server without async: a thread for each of fifty clients, all connected at the same time.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

const CLIENTS: usize = 50;

/// Sends back each line in capitals, until the client sends no more.
fn serve(mut client: TcpStream) -> io::Result<()> {
    for line in BufReader::new(client.try_clone()?).lines() {
        let answer = line?.to_uppercase() + "\n";
        client.write_all(answer.as_bytes())?;
    }
    Ok(())
}

/// Gives each of so many clients a thread, and ends when all of them have left.
fn serve_all(listener: &TcpListener, clients: usize) -> io::Result<()> {
    let mut threads = Vec::new();
    for _ in 0..clients {
        let (client, _) = listener.accept()?;
        threads.push(thread::spawn(|| serve(client)));
    }
    for thread in threads {
        thread.join().expect("serving does not panic")?;
    }
    Ok(())
}

fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?; // port 0: the kernel picks a free one
    let address = listener.local_addr()?;
    let server = thread::spawn(move || serve_all(&listener, CLIENTS));

    let mut clients = Vec::new();
    for _ in 0..CLIENTS {
        clients.push(BufReader::new(TcpStream::connect(address)?));
    }
    // The client that came last asks first: none waits for one that is silent.
    let mut served = 0;
    for (number, client) in clients.iter_mut().enumerate().rev() {
        client
            .get_mut()
            .write_all(format!("client {number}\n").as_bytes())?;
        let mut answer = String::new();
        client.read_line(&mut answer)?;
        assert_eq!(answer, format!("CLIENT {number}\n"));
        served += 1;
    }
    println!("connected: {}, served: {served}", clients.len());

    drop(clients); // the signal to stop: no more lines
    server.join().expect("the server does not panic")?;
    println!("the server has ended");
    Ok(())
}
