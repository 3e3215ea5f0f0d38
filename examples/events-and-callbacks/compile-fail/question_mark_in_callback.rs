//! A callback gets an answer, and has nobody to give its error to.

use std::num::ParseIntError;

fn when_measured(callback: impl FnOnce(&str)) {
    callback("21");
}

fn show_degrees() -> Result<(), ParseIntError> {
    when_measured(|answer| {
        let degrees: i32 = answer.parse()?;
        println!("{degrees} degrees");
    });
    Ok(())
}

fn main() {
    show_degrees().expect("21 is a number");
}
