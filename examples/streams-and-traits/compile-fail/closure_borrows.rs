struct Ticket {
    price: u32,
}

async fn on_ticket<F>(mut handle: impl FnMut(&Ticket) -> F)
where
    F: Future<Output = ()>,
{
    handle(&Ticket { price: 12 }).await;
}

#[tokio::main]
async fn main() {
    on_ticket(|ticket| async move { println!("{}", ticket.price) }).await;
}
