use std::thread;

fn main() {
    let readings = vec![19, 24, 21];

    let warmest = thread::spawn(|| readings.iter().max().copied());

    println!("{:?}", warmest.join().expect("nothing here panics"));
}
