async fn temperature() -> i32 {
    21
}

async fn is_warm() -> bool {
    let degrees: i32 = temperature();
    degrees > 20
}

fn main() {
    drop(is_warm());
}
