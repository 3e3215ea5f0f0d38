//! The same walk as an `async fn`: the compiler writes the state machine.

use std::cell::Cell;
use std::future::poll_fn;
use std::iter;
use std::task::{Context, Poll, Waker};

type Tree = Option<Box<Node>>;

struct Node {
    left: Tree,
    reading: u32,
    right: Tree,
}

fn node(left: Tree, reading: u32, right: Tree) -> Tree {
    Some(Box::new(Node {
        left,
        reading,
        right,
    }))
}

async fn suspend() {
    let mut resumed = false;
    poll_fn(|_| {
        if resumed {
            return Poll::Ready(());
        }
        resumed = true;
        Poll::Pending
    })
    .await;
}

async fn walk(tree: &Tree, out: &Cell<Option<u32>>) {
    let Some(node) = tree else { return };
    Box::pin(walk(&node.left, out)).await;
    println!("read {}", node.reading);
    out.set(Some(node.reading));
    suspend().await;
    Box::pin(walk(&node.right, out)).await;
}

fn readings<'a>(tree: &'a Tree, out: &'a Cell<Option<u32>>) -> impl Iterator<Item = u32> + 'a {
    let mut coroutine = Box::pin(walk(tree, out));
    let mut context = Context::from_waker(Waker::noop());
    iter::from_fn(move || match coroutine.as_mut().poll(&mut context) {
        Poll::Pending => out.take(),
        Poll::Ready(()) => None,
    })
    .fuse()
}

fn main() {
    let archive = node(node(None, 17, None), 21, node(None, 30, None));
    let backup = node(None, 17, node(None, 22, node(None, 30, None)));
    let (out_archive, out_backup) = (Cell::new(None), Cell::new(None));

    let difference = readings(&archive, &out_archive)
        .zip(readings(&backup, &out_backup))
        .find(|(a, b)| a != b);
    let (a, b) = difference.expect("a reading differs: 21 and 22");
    println!("{a} in the archive, {b} in the backup");
}
