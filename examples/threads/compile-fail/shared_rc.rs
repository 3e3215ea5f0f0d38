use std::rc::Rc;
use std::thread;

fn main() {
    let readings = Rc::new(vec![19, 24, 21]);

    let for_thread = Rc::clone(&readings);
    let warmest = thread::spawn(move || for_thread.iter().max().copied());

    println!("{:?}", warmest.join().expect("nothing here panics"));
}
