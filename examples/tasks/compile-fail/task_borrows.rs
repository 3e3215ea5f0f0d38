use tokio::task;

#[tokio::main]
async fn main() {
    let stations = vec!["harbor", "summit"];
    let count = task::spawn(async {
        stations.len()
    });
    println!("{}", count.await.expect("it does not panic"));
}
