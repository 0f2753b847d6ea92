use std::time::Duration;

use i18n::Language;
use ports::testing::{TestClock, TestMailer};
use storage::messages::MessageState;
use storage::testing::TestDatabase;

use super::*;
use crate::mail::{Post, Recipient, Template, compose};

struct World {
    db: TestDatabase,
    clock: Arc<TestClock>,
    mailer: Arc<TestMailer>,
    worker: Worker,
}

impl World {
    /// With one mail in the outbox.
    async fn new(drops_content: bool) -> Self {
        let db = TestDatabase::sqlite().await;
        let clock = Arc::new(TestClock::default());
        let mailer = Arc::new(TestMailer::default());
        let tx = db.storage.begin(clock.now()).await.unwrap();
        let letter = compose(Template::Code, Language::En, &[("code", "402917"), ("lifetime", "24 hours")]);
        let post = Post::new("https://apply.example.org");
        post.queue(&tx, &letter, Recipient::stranger("ana@example.org")).await.unwrap();
        tx.commit().await.unwrap();
        let worker =
            Worker { storage: db.storage.clone(), clock: clock.clone(), mailer: mailer.clone(), drops_content };
        Self { db, clock, mailer, worker }
    }

    async fn message(&self) -> Message {
        self.db.storage.messages_all(1).await.unwrap().remove(0)
    }

    fn fail(&self, is_permanent: bool) {
        self.mailer.fail_with(Some(SendError { is_permanent, cause: "451 later".to_owned() }));
    }
}

#[tokio::test]
async fn what_is_due_is_sent_once() {
    let world = World::new(false).await;
    assert_eq!(world.worker.send_due().await.unwrap(), 1);
    assert_eq!(world.worker.send_due().await.unwrap(), 0);
    let sent = world.mailer.sent();
    assert_eq!(sent.len(), 1);
    assert_eq!((sent[0].to.as_str(), sent[0].template.as_str()), ("ana@example.org", "code"));
    assert!(sent[0].message_id.ends_with("@apply.example.org") && !sent[0].message_id.contains('<'));
    assert_eq!(world.message().await.state, MessageState::Sent);
}

#[tokio::test]
async fn in_production_the_content_is_dropped_after_sending() {
    let world = World::new(true).await;
    world.worker.send_due().await.unwrap();
    let message = world.message().await;
    assert!(message.text.is_empty() && message.html.is_empty());
}

#[tokio::test]
async fn a_mail_server_that_is_down_for_a_day_loses_nothing() {
    let world = World::new(false).await;
    world.fail(false);
    let mut tries = 0;
    for _ in 0..24 * 60 {
        tries += world.worker.send_due().await.unwrap();
        world.clock.advance(Duration::from_secs(60));
    }
    assert!((10..40).contains(&tries), "{tries} tries in a day");
    world.mailer.fail_with(None);
    world.clock.advance(Duration::from_secs(2 * 60 * 60));
    world.worker.send_due().await.unwrap();
    assert_eq!(world.mailer.sent().len(), 1);
}

#[tokio::test]
async fn an_address_that_does_not_exist_is_given_up_at_once() {
    let world = World::new(false).await;
    world.fail(true);
    world.worker.send_due().await.unwrap();
    assert_eq!(world.message().await.state, MessageState::Failed);
}

#[tokio::test]
async fn after_four_days_a_message_is_given_up() {
    let world = World::new(false).await;
    world.fail(false);
    world.clock.advance(Duration::from_secs(4 * 24 * 60 * 60));
    world.worker.send_due().await.unwrap();
    assert_eq!(world.message().await.state, MessageState::Failed);
}

#[tokio::test]
async fn a_message_whose_worker_died_is_sent_by_another_with_the_same_id() {
    let world = World::new(false).await;
    let claimed = world.db.storage.messages_claim(world.clock.now(), LEASE, 1).await.unwrap();
    assert_eq!(world.worker.send_due().await.unwrap(), 0, "it is taken");
    world.clock.advance(Duration::from_secs(5 * 60));
    assert_eq!(world.worker.send_due().await.unwrap(), 1);
    assert_eq!(format!("<{}>", world.mailer.sent()[0].message_id), claimed[0].message_id);
}
