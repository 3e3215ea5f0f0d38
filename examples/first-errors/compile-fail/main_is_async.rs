async fn download(page: &str) -> String {
    format!("<h1>{page}</h1>")
}

async fn main() {
    println!("{}", download("tickets").await);
}
