//! Two futures that are both ready, a thousand times: which one does `select!` take?

use std::future::ready;

use tokio::select;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (mut north, mut south) = (0, 0);
    for _ in 0..1000 {
        select! {
            () = ready(()) => north += 1,
            () = ready(()) => south += 1,
        }
    }
    assert_eq!(north + south, 1000);
    println!("each was taken: {}", north > 0 && south > 0);

    let (mut north, mut south) = (0, 0);
    for _ in 0..1000 {
        select! {
            biased;
            () = ready(()) => north += 1,
            () = ready(()) => south += 1,
        }
    }
    println!("biased: north {north} times, south {south} times");
}
