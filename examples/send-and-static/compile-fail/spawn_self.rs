struct Sensor {
    readings: Vec<u32>,
}

impl Sensor {
    async fn measure(&mut self) {
        self.readings.push(21);
    }

    fn start(&mut self) {
        tokio::spawn(self.measure());
    }
}

#[tokio::main]
async fn main() {
    let mut sensor = Sensor { readings: vec![] };
    sensor.start();
}
