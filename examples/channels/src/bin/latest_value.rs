//! A receiver of `watch` sees the latest value, and not those before it.

use tokio::sync::watch;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (thermostat, mut setting) = watch::channel(18);
    println!("heater starts at {}", *setting.borrow());

    for degrees in [19, 20, 21] {
        thermostat.send(degrees).expect("there is a heater");
    }
    setting.changed().await.expect("there is a thermostat");
    println!("heater changes to {}", *setting.borrow_and_update());

    thermostat.send(17).expect("there is a heater");
    drop(thermostat);
    while setting.changed().await.is_ok() {
        println!("heater changes to {}", *setting.borrow_and_update());
    }
    println!("heater ends");
}
