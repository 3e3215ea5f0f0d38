//! Two callbacks that change the same variable.

fn main() {
    let mut open = 0;
    let mut on_connect = || open += 1;
    let mut on_close = || open -= 1;
    on_connect();
    on_close();
    println!("{open} connections are open");
}
