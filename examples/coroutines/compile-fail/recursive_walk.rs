struct Node {
    left: Option<Box<Node>>,
    reading: u32,
}

async fn sum(tree: &Option<Box<Node>>) -> u32 {
    match tree {
        Some(node) => sum(&node.left).await + node.reading,
        None => 0,
    }
}

fn main() {
    let _sum = sum(&None);
}
