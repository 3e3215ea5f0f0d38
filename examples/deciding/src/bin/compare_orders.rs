//! Counts in the two order services what a reader can see of their price.

const SERVICES: [(&str, &str); 2] = [
    ("threads", include_str!("orders_threads.rs")),
    ("tasks", include_str!("orders_tasks.rs")),
];

fn main() {
    println!("         lines  async  .await  Arc");
    for (name, text) in SERVICES {
        let is_code = |line: &&str| !line.is_empty() && !line.starts_with("//");
        let code: Vec<_> = text.lines().map(str::trim).filter(is_code).collect();
        let count = |what| -> usize { code.iter().map(|line| line.matches(what).count()).sum() };
        println!(
            "{name:<7}  {:>5}  {:>5}  {:>6}  {:>3}",
            code.len(),
            count("async fn"),
            count(".await"),
            count("Arc<") + count("Arc::"),
        );
    }
}
