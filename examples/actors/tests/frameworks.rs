//! What the chapter says of the mailboxes of kameo and ractor.

mod on_kameo {
    use kameo::error::SendError;
    use kameo::prelude::*;

    #[derive(Actor)]
    struct Sensor;

    struct Reading;

    impl Message<Reading> for Sensor {
        type Reply = ();

        async fn handle(&mut self, _: Reading, _: &mut Context<Self, Self::Reply>) {}
    }

    #[tokio::test]
    async fn a_mailbox_holds_64_messages_unless_you_say_otherwise() {
        let sensor = Sensor::spawn(Sensor);
        sensor.wait_for_startup().await;

        // The actor has no turn while this test does not wait.
        for _ in 0..64 {
            sensor
                .tell(Reading)
                .try_send()
                .expect("there is room for 64");
        }
        let refused = sensor.tell(Reading).try_send();
        assert!(matches!(refused, Err(SendError::MailboxFull(Reading))));
    }
}

mod on_ractor {
    use ractor::{Actor, ActorProcessingErr, ActorRef};

    struct Sensor;

    struct Reading;

    impl ractor::Actor for Sensor {
        type Msg = Reading;
        type State = u32;
        type Arguments = ();

        async fn pre_start(&self, _: ActorRef<Reading>, (): ()) -> Result<u32, ActorProcessingErr> {
            Ok(0)
        }

        async fn handle(
            &self,
            _: ActorRef<Reading>,
            _: Reading,
            handled: &mut u32,
        ) -> Result<(), ActorProcessingErr> {
            *handled += 1;
            Ok(())
        }
    }

    #[tokio::test]
    async fn a_mailbox_has_no_limit() {
        let (sensor, task) = Actor::spawn(None, Sensor, ()).await.expect("it starts");

        // The actor has no turn while this test does not wait, and every message finds room.
        for _ in 0..100_000 {
            sensor.send_message(Reading).expect("the sensor runs");
        }
        sensor.drain().expect("the sensor runs");
        task.await.expect("the sensor does not panic");
    }
}
