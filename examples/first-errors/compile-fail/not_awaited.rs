#![deny(unused_must_use)]

struct Printer;

impl Printer {
    async fn print(&self, ticket: u32) {
        println!("ticket {ticket}");
    }
}

#[tokio::main]
async fn main() {
    Printer.print(7);
}
