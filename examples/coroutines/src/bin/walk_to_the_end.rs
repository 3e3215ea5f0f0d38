//! A recursive walk that calls a closure for each reading: nobody can leave it in the
//! middle and come back.

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

fn main() {
    let archive = node(node(None, 17, None), 21, node(None, 30, None));
    let backup = node(None, 17, node(None, 22, node(None, 30, None)));

    let mut first = Vec::new();
    walk(&archive, &mut |reading| {
        println!("read {reading}");
        first.push(reading);
    });
    let mut second = Vec::new();
    walk(&backup, &mut |reading| {
        println!("read {reading}");
        second.push(reading);
    });

    let difference = first.iter().zip(&second).find(|(a, b)| a != b);
    let (a, b) = difference.expect("a reading differs: 21 and 22");
    println!("{a} in the archive, {b} in the backup");
}
