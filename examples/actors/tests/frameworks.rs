//! What the chapter says of kameo and ractor: their mailboxes, a panic, and the end.

mod on_kameo {
    use std::time::Duration;

    use kameo::Actor;
    use kameo::actor::Spawn;
    use kameo::error::SendError;
    use kameo::message::{Context, Message};

    #[derive(Actor)]
    struct Supervisor;

    #[derive(Actor, Clone, Default)]
    struct Sensor {
        readings: u32,
    }

    struct Reading;

    impl Message<Reading> for Sensor {
        type Reply = u32;

        async fn handle(&mut self, _: Reading, _: &mut Context<Self, Self::Reply>) -> u32 {
            self.readings += 1;
            self.readings
        }
    }

    struct Break;

    impl Message<Break> for Sensor {
        type Reply = ();

        async fn handle(&mut self, _: Break, _: &mut Context<Self, Self::Reply>) {
            panic!("the sensor is told to")
        }
    }

    #[tokio::test]
    async fn a_mailbox_holds_64_messages_unless_you_say_otherwise() {
        let sensor = Sensor::spawn(Sensor::default());
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

    #[tokio::test]
    async fn after_a_panic_the_supervisor_restarts_it_up_to_its_limit() {
        let supervisor = Supervisor::spawn(Supervisor);
        let sensor = Sensor::supervise(&supervisor, Sensor::default())
            .restart_limit(1, Duration::from_secs(3600))
            .spawn()
            .await;
        assert_eq!(sensor.ask(Reading).await.ok(), Some(1));
        assert_eq!(sensor.ask(Reading).await.ok(), Some(2));

        // The address stays good, the message that waits is kept, and the state is not.
        sensor.tell(Break).await.expect("the sensor runs");
        sensor.tell(Reading).await.expect("the mailbox has room");
        assert_eq!(sensor.ask(Reading).await.ok(), Some(2));

        sensor.tell(Break).await.expect("the sensor runs");
        sensor.wait_for_shutdown().await;
        let refused = sensor.ask(Reading).await;
        assert!(matches!(refused, Err(SendError::ActorNotRunning(Reading))));
    }

    #[tokio::test]
    async fn stopped_it_refuses_a_request() {
        let sensor = Sensor::spawn(Sensor::default());
        sensor.stop_gracefully().await.expect("the sensor runs");
        sensor.wait_for_shutdown().await;

        let refused = sensor.ask(Reading).await;
        assert!(matches!(refused, Err(SendError::ActorNotRunning(Reading))));
    }
}

mod on_ractor {
    use ractor::{
        Actor, ActorProcessingErr, ActorRef, MessagingErr, RactorErr, RpcReplyPort, call,
    };

    struct Supervisor;

    impl Actor for Supervisor {
        type Msg = ();
        type State = ();
        type Arguments = ();

        async fn pre_start(&self, _: ActorRef<()>, (): ()) -> Result<(), ActorProcessingErr> {
            Ok(())
        }
    }

    struct Sensor;

    enum Message {
        Reading,
        Count(RpcReplyPort<u32>),
        Break,
    }

    impl Actor for Sensor {
        type Msg = Message;
        type State = u32;
        type Arguments = ();

        async fn pre_start(&self, _: ActorRef<Message>, (): ()) -> Result<u32, ActorProcessingErr> {
            Ok(0)
        }

        async fn handle(
            &self,
            _: ActorRef<Message>,
            message: Message,
            readings: &mut u32,
        ) -> Result<(), ActorProcessingErr> {
            match message {
                Message::Reading => *readings += 1,
                Message::Count(reply) => _ = reply.send(*readings),
                Message::Break => panic!("the sensor is told to"),
            }
            Ok(())
        }
    }

    #[tokio::test]
    async fn a_mailbox_has_no_limit() {
        let (sensor, task) = Actor::spawn(None, Sensor, ()).await.expect("it starts");

        // The actor has no turn while this test does not wait, and every message finds room.
        for _ in 0..100_000 {
            sensor
                .send_message(Message::Reading)
                .expect("the sensor runs");
        }
        sensor.drain().expect("the sensor runs");
        task.await.expect("the sensor does not panic");
    }

    #[tokio::test]
    async fn after_a_panic_the_supervisor_stops_unless_it_decides_otherwise() {
        let (supervisor, task) = Actor::spawn(None, Supervisor, ()).await.expect("it starts");
        let (sensor, _task) = Actor::spawn_linked(None, Sensor, (), supervisor.get_cell())
            .await
            .expect("it starts");

        sensor.send_message(Message::Break).expect("it runs");
        task.await.expect("the supervisor ends by itself");
        assert!(sensor.send_message(Message::Reading).is_err());
    }

    #[tokio::test]
    async fn stopped_it_refuses_a_request() {
        let (sensor, task) = Actor::spawn(None, Sensor, ()).await.expect("it starts");
        assert_eq!(call!(sensor, Message::Count).ok(), Some(0));
        sensor.drain().expect("the sensor runs");
        task.await.expect("the sensor does not panic");

        let refused = call!(sensor, Message::Count);
        assert!(matches!(
            refused,
            Err(RactorErr::Messaging(MessagingErr::SendErr(_)))
        ));
    }
}
