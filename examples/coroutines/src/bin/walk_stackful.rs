//! The same walk in a stackful coroutine: a closure that it calls suspends all of it.

use std::iter;

use corosensei::{Coroutine, Yielder};

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

fn walk(tree: &Tree, visit: &mut dyn FnMut(u32)) {
    let Some(node) = tree else { return };
    walk(&node.left, visit);
    visit(node.reading);
    walk(&node.right, visit);
}

fn readings(tree: Tree) -> impl Iterator<Item = u32> {
    let mut coroutine = Coroutine::new(move |yielder: &Yielder<(), u32>, ()| {
        walk(&tree, &mut |reading| {
            println!("read {reading}");
            yielder.suspend(reading);
        });
    });
    iter::from_fn(move || coroutine.resume(()).as_yield()).fuse()
}

fn main() {
    let archive = node(node(None, 17, None), 21, node(None, 30, None));
    let backup = node(None, 17, node(None, 22, node(None, 30, None)));

    let difference = readings(archive)
        .zip(readings(backup))
        .find(|(a, b)| a != b);
    let (a, b) = difference.expect("a reading differs: 21 and 22");
    println!("{a} in the archive, {b} in the backup");
}
