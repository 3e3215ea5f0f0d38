//! One thread is blocked in a read. The other goes on, and sends at last what the read waits for.

#[cfg(target_os = "linux")]
fn main() -> std::io::Result<()> {
    use std::hint::black_box;
    use std::io::{Read, Result, Write};
    use std::net::{TcpListener, TcpStream};
    use std::sync::mpsc;
    use std::thread;

    use rustix::thread::gettid;

    let listener = TcpListener::bind("127.0.0.1:0")?; // port 0: the kernel picks a free one
    let mut sensor = TcpStream::connect(listener.local_addr()?)?;
    let (mut ours, _) = listener.accept()?;

    let (begin, begun) = mpsc::channel();
    let reader = thread::spawn(move || {
        begin.send(gettid()).expect("main waits for it");
        let mut degrees = [0];
        ours.read_exact(&mut degrees)?; // blocks: nothing has been sent
        Result::Ok(degrees[0])
    });
    let id = begun.recv().expect("the reader begins");
    while !sleeps(id)? {
        thread::yield_now(); // on one core, the reader needs it to get to its read
    }

    let mut count = 0;
    while black_box(count) < 1_000_000 {
        count += 1;
    }
    println!("main: counted to {count}");
    println!("the reader sleeps: {}", sleeps(id)?);

    sensor.write_all(&[21])?;
    let degrees = reader.join().expect("the reader does not panic")?;
    println!("the read returns {degrees}");
    Ok(())
}

/// Whether the kernel's record says that this thread sleeps: an `S` behind the name in brackets.
///
/// The file is described in proc_pid_stat(5).
#[cfg(target_os = "linux")]
fn sleeps(thread: rustix::thread::Pid) -> std::io::Result<bool> {
    let path = format!("/proc/self/task/{}/stat", thread.as_raw_nonzero());
    let record = std::fs::read_to_string(path)?;
    let (_, behind_name) = record.rsplit_once(") ").expect("the name is in brackets");
    Ok(behind_name.starts_with('S'))
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("skipped: this program reads the record that Linux keeps of a thread");
}
