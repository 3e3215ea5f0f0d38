//! A receiver of `watch` sees the latest value, and not those before it.

use tokio::sync::watch;
use tokio::task;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (thermostat, mut setting) = watch::channel(18);
    let heater = task::spawn(async move {
        println!("heater starts at {}", *setting.borrow());
        while setting.changed().await.is_ok() {
            println!("heater changes to {}", *setting.borrow_and_update());
        }
        println!("heater ends");
    });
    task::yield_now().await; // the heater starts and waits

    for degrees in [19, 20, 21] {
        thermostat.send(degrees).expect("the heater runs");
    }
    task::yield_now().await; // the heater has one turn

    thermostat.send(17).expect("the heater runs");
    drop(thermostat);
    heater.await.expect("it does not panic");
}
