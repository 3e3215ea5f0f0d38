async fn price(ticket: u32) -> u32 {
    20 * ticket
}

async fn total(tickets: &[u32]) -> u32 {
    tickets.iter().map(|ticket| price(*ticket).await).sum()
}

fn main() {
    drop(total(&[1, 2]));
}
