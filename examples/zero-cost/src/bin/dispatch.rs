//! Where a composed future has dynamic dispatch: nowhere but in its waker.

use std::future::ready;
use std::task::Waker;

async fn inner() -> u8 {
    ready(1).await
}

async fn outer() -> u8 {
    inner().await + inner().await
}

/// The size in pointers.
fn pointers<T>() -> usize {
    size_of::<T>() / size_of::<*const ()>()
}

fn main() {
    let (inner, outer) = (size_of_val(&inner()), size_of_val(&outer()));
    println!("the outer future contains the inner: {}", outer >= inner);
    println!("and is 8 bytes larger or less: {}", outer <= inner + 8);
    println!(
        "a boxed dyn Future: {} pointers",
        pointers::<Box<dyn Future<Output = u8>>>()
    );
    println!("a waker: {} pointers", pointers::<Waker>());
}
