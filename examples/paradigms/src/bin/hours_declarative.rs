//! Declarative: a text says what is wanted, and an interpreter finds it.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::error::Error;

use paradigms::{Request, read_log, requests};

const QUERIES: &str = "\
top 3 hours by requests
";

fn run(query: &str, requests: &[Request]) -> Result<(), Box<dyn Error>> {
    let words: Vec<&str> = query.split(' ').collect();
    let ["top", limit, "hours", "by", "requests"] = words[..] else {
        return Err(format!("not a query: {query}").into());
    };
    let limit: usize = limit
        .parse()
        .map_err(|_| format!("not a number: {limit}"))?;
    let mut counts = BTreeMap::new();
    for request in requests {
        *counts.entry(request.hour).or_insert(0) += 1;
    }
    let mut hours: Vec<(usize, u32)> = counts.into_iter().collect();
    hours.sort_by_key(|&(_, count)| Reverse(count)); // equal ones stay in order
    println!("requests");
    for (hour, count) in hours.into_iter().take(limit) {
        println!("  {hour:02}:00 {count}");
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let requests: Vec<Request> = requests(read_log()?.lines()).collect();
    for query in QUERIES.lines() {
        run(query, &requests)?;
    }
    Ok(())
}
