fn greeting(name: String) -> impl Future<Output = String> {
    async { format!("hello, {name}") }
}

fn main() {
    drop(greeting("harbor".to_owned()));
}
