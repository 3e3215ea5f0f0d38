//! The same walk as a state machine: a value that remembers each unfinished call of `walk`.

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

/// What a call of `walk` does next: one of its three lines.
enum State {
    Left,
    Visit,
    Right,
}

/// The unfinished calls of `walk`, the innermost last.
struct Walk<'tree> {
    calls: Vec<(&'tree Node, State)>,
}

impl<'tree> Walk<'tree> {
    fn call(&mut self, tree: &'tree Tree) {
        if let Some(node) = tree {
            self.calls.push((node, State::Left));
        }
    }
}

impl Iterator for Walk<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        loop {
            let (node, state) = self.calls.pop()?;
            match state {
                State::Left => {
                    self.calls.push((node, State::Visit));
                    self.call(&node.left);
                }
                State::Visit => {
                    self.calls.push((node, State::Right));
                    println!("read {}", node.reading);
                    return Some(node.reading);
                }
                State::Right => self.call(&node.right),
            }
        }
    }
}

fn readings(tree: &Tree) -> Walk<'_> {
    let mut walk = Walk { calls: Vec::new() };
    walk.call(tree);
    walk
}

fn main() {
    let archive = node(node(None, 17, None), 21, node(None, 30, None));
    let backup = node(None, 17, node(None, 22, node(None, 30, None)));

    let difference = readings(&archive)
        .zip(readings(&backup))
        .find(|(a, b)| a != b);
    let (a, b) = difference.expect("a reading differs: 21 and 22");
    println!("{a} in the archive, {b} in the backup");
}
