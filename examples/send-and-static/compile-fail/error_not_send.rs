use std::error::Error;

async fn download() -> Result<String, Box<dyn Error>> {
    Err("no network".into())
}

async fn report(line: String) {
    println!("{line}");
}

#[tokio::main]
async fn main() {
    tokio::spawn(async {
        if let Err(error) = download().await {
            report(error.to_string()).await;
        }
    });
}
