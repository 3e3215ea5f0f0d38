use thread_pools::ThreadPool;

fn main() {
    let pool = ThreadPool::new(2, 8);
    let pictures = vec!["harbor", "lighthouse"];
    let count = pool.submit(|| pictures.len());
    println!("{}", count.join().expect("the job does not panic"));
}
