fn greeting(name: String) -> impl Future<Output = String> {
    async { format!("hello, {name}") }
}

fn main() {
    let _ = greeting("harbor".to_owned());
}
