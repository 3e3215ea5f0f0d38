//! One handler counts the failures in a row, and another one sets the count back.

fn main() {
    let mut failures = 0;
    let mut on_failure = || failures += 1;
    let mut on_success = || failures = 0;

    on_failure();
    on_success();
    on_failure();
    println!("{failures} failure in a row");
}
