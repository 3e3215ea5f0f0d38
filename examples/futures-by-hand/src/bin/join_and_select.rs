//! `join` and `select` for two futures, with nothing but `poll`.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use tokio::time::{self, Instant};

async fn join<A: Future, B: Future>(first: A, second: B) -> (A::Output, B::Output) {
    let (mut first, mut second) = (pin!(first), pin!(second));
    let (mut one, mut two) = (None, None);
    poll_fn(move |context| {
        if one.is_none()
            && let Poll::Ready(output) = first.as_mut().poll(context)
        {
            one = Some(output); // and never polled again
        }
        if two.is_none()
            && let Poll::Ready(output) = second.as_mut().poll(context)
        {
            two = Some(output);
        }
        match (one.take(), two.take()) {
            (Some(one), Some(two)) => Poll::Ready((one, two)),
            unfinished => {
                (one, two) = unfinished; // back, for the next poll
                Poll::Pending
            }
        }
    })
    .await
}

async fn select<T>(first: impl Future<Output = T>, second: impl Future<Output = T>) -> T {
    let (mut first, mut second) = (pin!(first), pin!(second));
    poll_fn(move |context| match first.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(output),
        Poll::Pending => second.as_mut().poll(context),
    })
    .await
} // the loser is dropped here, as all local variables are

async fn courier(name: &'static str, takes: u64) -> &'static str {
    time::sleep(Duration::from_millis(takes)).await;
    name
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let both = join(courier("bicycle", 200), courier("van", 300)).await;
    println!("{both:?} after {} ms", start.elapsed().as_millis());

    let start = Instant::now();
    let first = select(courier("bicycle", 200), courier("van", 300)).await;
    println!("{first:?} after {} ms", start.elapsed().as_millis());
}
