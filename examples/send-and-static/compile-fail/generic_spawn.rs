fn in_background(job: impl Future<Output = ()>) {
    tokio::spawn(job);
}

#[tokio::main]
async fn main() {
    in_background(async { println!("sold") });
}
