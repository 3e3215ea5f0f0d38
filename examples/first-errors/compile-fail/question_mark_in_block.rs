use std::io::Result;

async fn download(page: &str) -> Result<String> {
    Ok(format!("<h1>{page}</h1>"))
}

fn in_a_task() {
    tokio::spawn(async {
        let page = download("tickets").await?;
        println!("{page}");
    });
}

async fn in_a_variable() {
    let length = async {
        let page = download("tickets").await?;
        Ok(page.len())
    };
    println!("{:?}", length.await);
}

fn main() {
    in_a_task();
    drop(in_a_variable());
}
