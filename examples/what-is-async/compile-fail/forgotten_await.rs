#![deny(unused_must_use)]

async fn save(reading: u32) {
    println!("saved {reading}");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    save(21);
    println!("done");
}
