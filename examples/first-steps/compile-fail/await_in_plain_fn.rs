async fn temperature() -> i32 {
    21
}

fn report() -> String {
    format!("{} degrees", temperature().await)
}

fn main() {
    println!("{}", report());
}
