use std::sync::LazyLock;

struct Database;

async fn connect() -> Database {
    Database
}

static DATABASE: LazyLock<Database> = LazyLock::new(|| connect().await);

fn main() {
    let _database = &*DATABASE;
}
