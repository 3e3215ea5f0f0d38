struct Queue {
    next: impl Future<Output = u32>,
}

fn main() {}
