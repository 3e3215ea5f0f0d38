#[tokio::main]
async fn main() {
    let stations = vec!["harbor", "summit"];
    let task = tokio::spawn(async {
        println!("{} stations", stations.len());
    });
    task.await.expect("it does not panic");
}
