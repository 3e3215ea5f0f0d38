use std::rc::Rc;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let harbor = Rc::new(String::from("harbor"));
    let name = Rc::clone(&harbor);
    tokio::spawn(async move {
        println!("{name}");
    });
}
