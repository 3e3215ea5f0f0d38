use std::io::Result;

async fn download(page: &str) -> Result<String> {
    Ok(format!("<h1>{page}</h1>"))
}

async fn length() -> Result<usize> {
    Ok(download("tickets")?.len())
}

async fn is_there() -> bool {
    download("tickets").is_ok()
}

async fn page() -> Result<String> {
    download("tickets")
}

fn main() {
    drop((length(), is_there(), page()));
}
