//! A computation on rayon's pool, awaited through a oneshot channel.

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use tokio::sync::oneshot;

async fn sum_of_squares(up_to: u64) -> u64 {
    let (send, receive) = oneshot::channel();
    rayon::spawn(move || {
        let sum = (1..=up_to).into_par_iter().map(|n| n * n).sum();
        // If nobody waits any more, nobody needs the sum.
        let _ = send.send(sum);
    });
    receive.await.expect("the computation does not panic")
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (small, large) = tokio::join!(sum_of_squares(3), sum_of_squares(1_000_000));
    println!("{small}");
    println!("{large}");
}
