async fn download(page: &str) -> String {
    format!("<h1>{page}</h1>")
}

fn length(page: &str) -> usize {
    download(page).await.len()
}

fn main() {
    println!("{}", length("tickets"));
}
