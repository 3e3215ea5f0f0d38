use std::pin::Pin;
use std::task::{Context, Poll};

use futures::Stream;

struct Counted<S> {
    inner: S,
    seen: u32,
}

impl<S: Stream> Stream for Counted<S> {
    type Item = S::Item;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<S::Item>> {
        self.seen += 1;
        self.inner.poll_next(context)
    }
}

fn main() {}
