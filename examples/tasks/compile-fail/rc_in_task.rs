use std::rc::Rc;

use tokio::task;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let name = Rc::new("harbor".to_owned());
    task::spawn(async move {
        println!("{name}");
    });
}
