#![deny(unused_must_use)]

#[tokio::main(flavor = "current_thread")]
async fn main() {
    async {
        println!("saved");
    };
    println!("done");
}
