async fn main() {
    println!("who runs me?");
}
