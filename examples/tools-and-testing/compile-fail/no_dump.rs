use tokio::runtime::Handle;

#[tokio::main]
async fn main() {
    let dump = Handle::current().dump().await;
    for task in dump.tasks().iter() {
        println!("{}", task.trace());
    }
}
