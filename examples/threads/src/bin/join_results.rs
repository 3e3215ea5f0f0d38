//! Gets the results of threads, and of one its panic.

use std::thread::Builder;

/// A function that knows nothing of threads.
fn warmest(station: &str, readings: &[i32]) -> i32 {
    match readings.iter().max() {
        Some(&degrees) => degrees,
        None => panic!("no reading from {station}"),
    }
}

fn main() -> std::io::Result<()> {
    let stations = [
        ("north", vec![19, 21, 20]),
        ("east", vec![]),
        ("south", vec![24, 23]),
    ];

    let mut threads = Vec::new();
    for (station, readings) in stations {
        let thread = Builder::new()
            .name(station.to_owned())
            .spawn(move || warmest(station, &readings))?;
        threads.push((station, thread));
    }

    for (station, thread) in threads {
        match thread.join() {
            Ok(degrees) => println!("{station}: {degrees} degrees"),
            Err(payload) => {
                let fixed = payload.downcast_ref::<&str>().copied();
                let message = payload
                    .downcast_ref::<String>()
                    .map(String::as_str)
                    .or(fixed);
                println!(
                    "{station}: panicked: {}",
                    message.unwrap_or("with another value")
                );
            }
        }
    }
    Ok(())
}
