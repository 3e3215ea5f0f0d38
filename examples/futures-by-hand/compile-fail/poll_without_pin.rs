use std::task::{Context, Waker};

async fn temperature() -> i32 {
    21
}

fn main() {
    let mut future = temperature();
    let mut context = Context::from_waker(Waker::noop());
    let _ = future.poll(&mut context);
}
