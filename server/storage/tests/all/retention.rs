use domain::ids::ApplicationId;
use jiff::SignedDuration;
use storage::applications::Reminder;
use storage::messages::{Channel, NewMessage};
use storage::testing::TestDatabase;
use storage::tokens::{NewToken, Purpose};

use crate::support::{ANA, DRAFT, ana_with_draft, day, draft, minute, on_both, open, save};

on_both!(
    a_draft_is_kept_until_its_last_moment,
    deleting_a_draft_takes_its_links_and_waiting_messages,
    a_draft_saved_meanwhile_is_not_deleted,
    each_reminder_is_sent_once_and_anew_after_a_save,
);

async fn a_draft_is_kept_until_its_last_moment(db: TestDatabase) {
    ana_with_draft(&db).await;
    draft(&db, ApplicationId(0xe), ANA, day(30)).await;
    let moment = SignedDuration::from_millis(1);
    let expired = async |now| db.storage.drafts_expired(now, 10).await.unwrap().len();
    assert_eq!(expired(day(14) - moment).await, 0);
    assert_eq!(expired(day(14)).await, 1);
    assert_eq!(expired(day(30) - moment).await, 1);
    assert_eq!(expired(day(30)).await, 2);
    assert_eq!(db.storage.drafts_expired(day(31), 1).await.unwrap()[0].id, DRAFT, "the oldest first");
}

async fn deleting_a_draft_takes_its_links_and_waiting_messages(db: TestDatabase) {
    ana_with_draft(&db).await;
    draft(&db, ApplicationId(0xe), ANA, day(30)).await;
    let tx = db.storage.begin(minute(1)).await.unwrap();
    for (application, token) in [(DRAFT, "one"), (ApplicationId(0xe), "other")] {
        let application = Some(application);
        let new = NewToken { token, purpose: Purpose::Resume, account: ANA, application, expires: day(99) };
        tx.token_insert(new).await.unwrap();
        tx.message_add(message(application, minute(1))).await.unwrap();
        tx.message_add(message(application, day(9))).await.unwrap();
    }
    tx.commit().await.unwrap();
    let sent = db.storage.messages_claim(minute(2), SignedDuration::from_mins(1), 10).await.unwrap();
    for message in &sent {
        db.storage.message_sent(&message.id, minute(2), false).await.unwrap();
    }
    let expired = &db.storage.drafts_expired(day(14), 10).await.unwrap()[0];
    let tx = db.storage.begin(day(14)).await.unwrap();
    assert!(tx.draft_expire(expired).await.unwrap());
    assert!(!tx.draft_expire(expired).await.unwrap());
    tx.commit().await.unwrap();
    let opened = db.storage.draft_open("ana", DRAFT, minute(3)).await.unwrap().unwrap();
    assert!(opened.application.is_none());
    assert!(db.storage.token_find("one", Purpose::Resume, day(15)).await.unwrap().is_none());
    assert!(db.storage.token_find("other", Purpose::Resume, day(15)).await.unwrap().is_some());
    assert_eq!(db.storage.messages_of(ANA).await.unwrap().len(), 3, "two sent ones, one of the other draft");
    assert_eq!(db.number("SELECT COUNT(*) FROM messages WHERE state = 'waiting'").await, 1);
}

fn message(application: Option<ApplicationId>, due: jiff::Timestamp) -> NewMessage<'static> {
    NewMessage {
        account: Some(ANA),
        application,
        channel: Channel::Mail,
        template: "draft-started",
        recipient: "ana@example.org",
        subject: "Your draft",
        text: "…",
        html: "…",
        language: "en",
        domain: "lodge.example",
        due,
        dedupe_key: None,
    }
}

async fn a_draft_saved_meanwhile_is_not_deleted(db: TestDatabase) {
    ana_with_draft(&db).await;
    let expired = db.storage.drafts_expired(day(14), 10).await.unwrap().remove(0);
    let opened = open(&db, "ana").await.unwrap();
    save(&db.storage, &opened, "name", "Ana", day(13)).await.unwrap();
    let tx = db.storage.begin(day(14)).await.unwrap();
    assert!(!tx.draft_expire(&expired).await.unwrap());
    assert!(!tx.draft_reminded(&expired, Reminder::Week).await.unwrap());
    tx.commit().await.unwrap();
}

async fn each_reminder_is_sent_once_and_anew_after_a_save(db: TestDatabase) {
    ana_with_draft(&db).await;
    let due = async |reminder, now| {
        let days = if reminder == Reminder::Week { 7 } else { 1 };
        let ends_before = now + SignedDuration::from_hours(24 * days);
        db.storage.drafts_to_remind(reminder, now, ends_before, 10).await.unwrap()
    };
    assert!(due(Reminder::Week, day(7) - SignedDuration::from_millis(1)).await.is_empty());
    for reminder in [Reminder::Week, Reminder::Day] {
        let now = if reminder == Reminder::Week { day(7) } else { day(13) };
        let drafts = due(reminder, now).await;
        assert_eq!(drafts.len(), 1);
        let tx = db.storage.begin(now).await.unwrap();
        assert!(tx.draft_reminded(&drafts[0], reminder).await.unwrap());
        assert!(!tx.draft_reminded(&drafts[0], reminder).await.unwrap());
        tx.commit().await.unwrap();
        assert!(due(reminder, now).await.is_empty());
    }
    assert!(due(Reminder::Week, day(14)).await.is_empty(), "what has expired is not reminded of");
    let opened = open(&db, "ana").await.unwrap();
    save(&db.storage, &opened, "name", "Ana", day(13)).await.unwrap();
    assert_eq!(due(Reminder::Week, day(20)).await.len(), 1);
}
