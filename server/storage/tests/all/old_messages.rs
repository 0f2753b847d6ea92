use domain::ids::ApplicationId;
use storage::applications::{Due, HandedOver, Reminder, Step};
use storage::messages::{Channel, MessageId, NewMessage, Retry, Urgency};
use storage::testing::TestDatabase;

use crate::support::{ALL, ANA, DRAFT, ana_with_draft, anas, day, minute, on_both};

on_both!(
    old_messages_go_with_their_addresses_whether_sent_or_given_up,
    what_was_sent_about_a_submitted_application_stays_without_its_address,
    the_reminder_of_a_draft_stays_while_its_time_runs,
);

async fn add(db: &TestDatabase, application: Option<ApplicationId>) -> MessageId {
    let tx = db.storage.begin(minute(0)).await.unwrap();
    let message = NewMessage {
        account: Some(ANA),
        application,
        channel: Channel::Mail,
        template: "code",
        recipient: "ana@example.org",
        subject: "Your application",
        text: "…",
        html: "…",
        language: "en",
        domain: "lodge.example",
        due: minute(0),
        dedupe_key: None,
        urgency: Urgency::Ordinary,
    };
    let id = tx.message_add(message).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    id
}

async fn purge(db: &TestDatabase, before: jiff::Timestamp) -> u64 {
    let expected = db.storage.messages_old(before).await.unwrap();
    let tx = db.storage.begin(day(200)).await.unwrap();
    let purged = tx.messages_purge(before, 10).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(purged, expected);
    purged
}

async fn old_messages_go_with_their_addresses_whether_sent_or_given_up(db: TestDatabase) {
    ana_with_draft(&db).await;
    let (sent, given_up, _waiting) = (add(&db, None).await, add(&db, None).await, add(&db, None).await);
    db.storage.message_sent(&sent, day(1), true).await.unwrap();
    db.storage.message_failed(&given_up, Retry::GiveUp, day(3)).await.unwrap();
    assert_eq!(purge(&db, day(0)).await, 0);
    assert_eq!(purge(&db, day(1)).await, 1);
    assert_eq!(purge(&db, day(2)).await, 0);
    assert_eq!(purge(&db, day(3)).await, 1);
    assert_eq!(purge(&db, day(99)).await, 0, "what still waits stays");
    assert_eq!(db.number("SELECT COUNT(*) FROM messages").await, 1);
}

async fn what_was_sent_about_a_submitted_application_stays_without_its_address(db: TestDatabase) {
    ana_with_draft(&db).await;
    let confirmation = add(&db, Some(DRAFT)).await;
    db.storage.message_sent(&confirmation, minute(1), false).await.unwrap();
    let application = anas(&db).await;
    crate::submission::submit(&db.storage, &application, 4711).await.unwrap();
    assert_eq!(purge(&db, day(90)).await, 1);
    assert_eq!(purge(&db, day(90)).await, 0, "there is nothing more to take");
    assert_eq!(db.storage.messages_of(ANA, ALL).await.unwrap()[0].subject, "Your application");
    let stored = &db.storage.messages_all(10).await.unwrap()[0];
    assert_eq!((stored.recipient.as_str(), stored.text.as_str()), ("", ""));
}

async fn the_reminder_of_a_draft_stays_while_its_time_runs(db: TestDatabase) {
    ana_with_draft(&db).await;
    let due = Due { step: Step::Remind(Reminder::Week), by: day(99), handed_over: HandedOver::WhenSent };
    let found = db.storage.drafts_due(due, None, 1).await.unwrap().remove(0);
    let reminder = add(&db, Some(DRAFT)).await;
    let tx = db.storage.begin(minute(0)).await.unwrap();
    tx.draft_reminded(&found, Reminder::Week, &reminder, jiff::SignedDuration::from_hours(24)).await.unwrap();
    tx.commit().await.unwrap();
    db.storage.message_sent(&reminder, minute(1), true).await.unwrap();
    assert_eq!(purge(&db, day(99)).await, 0);
    let tx = db.storage.begin(day(1)).await.unwrap();
    assert!(tx.draft_delete(DRAFT, ANA).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(purge(&db, day(99)).await, 1);
}
