use std::collections::HashMap;
use std::sync::Arc;

#[tokio::main]
async fn main() {
    let visits = Arc::new(HashMap::from([("/", 0)]));
    let counted = Arc::clone(&visits);
    let request = tokio::spawn(async move {
        counted.insert("/about", 1);
    });
    request.await.expect("it does not panic");
    println!("{visits:?}");
}
