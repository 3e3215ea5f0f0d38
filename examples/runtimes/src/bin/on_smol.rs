//! smol: tasks that end when their handles are dropped, and timers that need no runtime around them.

use std::time::Duration;

use smol::Timer;
use smol::channel;

/// Tells when it is dropped.
struct Guest(channel::Sender<&'static str>);

impl Drop for Guest {
    fn drop(&mut self) {
        self.0
            .try_send("dropped with its handle")
            .expect("there is room");
    }
}

fn main() {
    smol::block_on(async {
        Timer::after(Duration::from_millis(1)).await;
        println!("a timer has fired");

        let (tell, news) = channel::bounded(2);
        let task = smol::spawn({
            let tell = tell.clone();
            async move {
                let _guest = Guest(tell.clone());
                tell.send("begun").await.expect("main receives");
                std::future::pending::<()>().await;
            }
        });
        println!("a task: {}", news.recv().await.expect("the task sends"));
        drop(task);
        println!("a task: {}", news.recv().await.expect("the guest sends"));

        // The task ends only after `go`: it is `detach` that keeps it, not an early end.
        let (go, start) = channel::bounded(1);
        smol::spawn(async move {
            start.recv().await.expect("main lets it go on");
            tell.send("goes on").await.expect("main receives");
        })
        .detach();
        go.send(()).await.expect("the detached task is there");
        println!("a detached task: {}", news.recv().await.expect("it sends"));
    });
}
