//! The same three steps as `async fn`. What comes next stands below.

use std::time::Duration;

use tokio::time::sleep;

/// Gives the answer later, as a server's answer would come.
async fn ask<T>(answer: Result<T, String>) -> Result<T, String> {
    sleep(Duration::from_secs(1)).await;
    answer
}

fn find_part(name: &str) -> Result<u32, String> {
    match name {
        "wheel" => Ok(1),
        "lamp" => Ok(2),
        _ => Err(format!("no part is called {name}")),
    }
}

fn find_price(part: u32) -> Result<u32, String> {
    match part {
        1 => Ok(40),
        _ => Err(format!("part {part} has no price")),
    }
}

fn convert(euros: u32) -> Result<u32, String> {
    Ok(euros * 2)
}

async fn price(name: &str) -> Result<String, String> {
    let part = ask(find_part(name)).await?;
    let euros = ask(find_price(part)).await?;
    let crowns = ask(convert(euros)).await?;
    Ok(format!("{euros} euros, {crowns} crowns"))
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let mut tasks = Vec::new();
    for name in ["wheel", "lamp", "sail"] {
        tasks.push(tokio::spawn(async move {
            match price(name).await {
                Ok(answer) => println!("{name}: {answer}"),
                Err(error) => println!("{name}: {error}"),
            }
        }));
        println!("{name}: asked");
    }
    for task in tasks {
        task.await.expect("no task panics");
    }
}
