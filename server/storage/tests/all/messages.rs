use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use storage::Slice;
use storage::messages::{Channel, Message, MessageState, NewMessage, Retry, Urgency};
use storage::testing::TestDatabase;

use crate::support::{ALL, ANA, BO, minute, on_both, people};

on_both!(
    a_message_is_claimed_and_sent_once,
    a_message_whose_worker_died_comes_back_with_the_same_id,
    two_workers_never_take_the_same_message,
    a_failed_message_is_tried_later_and_then_given_up,
    the_content_is_dropped_after_sending_when_asked,
    a_message_with_a_known_key_is_not_added_again,
    a_damaged_message_does_not_hold_up_the_others,
    a_code_overtakes_a_flood_of_other_mail,
    a_long_list_comes_in_pages,
    the_outbox_shows_the_newest_first,
);

const LEASE: SignedDuration = SignedDuration::from_mins(1);

fn new<'a>(subject: &'a str, dedupe_key: Option<&'a str>) -> NewMessage<'a> {
    NewMessage {
        account: Some(ANA),
        application: None,
        channel: Channel::Mail,
        template: "code",
        recipient: "ana@example.org",
        subject,
        text: "Your code is 123456",
        html: "<p>Your code is 123456</p>",
        language: "en",
        domain: "lodge.example",
        due: minute(1),
        dedupe_key,
        urgency: Urgency::Ordinary,
    }
}

async fn add(db: &TestDatabase, message: NewMessage<'_>, now: Timestamp) -> bool {
    let tx = db.storage.begin(now).await.unwrap();
    let added = tx.message_add(message).await.unwrap();
    tx.commit().await.unwrap();
    added.is_some()
}

async fn claim(db: &TestDatabase, now: Timestamp) -> Vec<Message> {
    db.storage.messages_claim(now, LEASE, 10).await.unwrap()
}

async fn a_message_is_claimed_and_sent_once(db: TestDatabase) {
    people(&db).await;
    add(&db, new("Your code", None), minute(0)).await;
    assert!(claim(&db, minute(0)).await.is_empty(), "not due yet");
    let claimed = claim(&db, minute(1)).await;
    let message = &claimed[0];
    assert_eq!((message.recipient.as_str(), message.subject.as_str()), ("ana@example.org", "Your code"));
    assert_eq!((message.text.as_str(), message.html.as_str()), ("Your code is 123456", "<p>Your code is 123456</p>"));
    assert_eq!((message.template.as_str(), message.language.as_str(), message.attempts), ("code", "en", 1));
    assert_eq!(message.message_id, format!("<{}@lodge.example>", message.id));
    assert!(claim(&db, minute(1)).await.is_empty(), "leased");
    db.storage.message_sent(&message.id, minute(1), false).await.unwrap();
    assert!(claim(&db, minute(99)).await.is_empty());
    let listed = db.storage.messages_of(ANA, ALL).await.unwrap();
    assert_eq!((listed[0].subject.as_str(), listed[0].state), ("Your code", MessageState::Sent));
    assert!(db.storage.messages_of(BO, ALL).await.unwrap().is_empty());
}

async fn a_message_whose_worker_died_comes_back_with_the_same_id(db: TestDatabase) {
    people(&db).await;
    add(&db, new("Your code", None), minute(0)).await;
    let first = claim(&db, minute(1)).await;
    let second = claim(&db, minute(2)).await;
    assert_eq!(first[0].message_id, second[0].message_id);
    assert_eq!(second[0].attempts, 2);
}

async fn two_workers_never_take_the_same_message(db: TestDatabase) {
    people(&db).await;
    for _ in 0..40 {
        add(&db, new("Your code", None), minute(0)).await;
    }
    let workers: Vec<_> = (0..2)
        .map(|_| {
            let storage = db.storage.clone();
            tokio::spawn(async move {
                let mut taken = Vec::new();
                loop {
                    let claimed = storage.messages_claim(minute(1), LEASE, 3).await.unwrap();
                    if claimed.is_empty() {
                        return taken;
                    }
                    taken.extend(claimed.into_iter().map(|message| message.id.to_string()));
                }
            })
        })
        .collect();
    let mut taken = Vec::new();
    for worker in workers {
        taken.extend(worker.await.unwrap());
    }
    assert_eq!(taken.len(), 40);
    assert_eq!(taken.iter().collect::<BTreeSet<_>>().len(), 40);
}

async fn a_failed_message_is_tried_later_and_then_given_up(db: TestDatabase) {
    people(&db).await;
    add(&db, new("Your code", None), minute(0)).await;
    let id = claim(&db, minute(1)).await.remove(0).id;
    db.storage.message_failed(&id, Retry::At(minute(5)), minute(2)).await.unwrap();
    assert!(claim(&db, minute(4)).await.is_empty());
    assert_eq!(claim(&db, minute(5)).await[0].attempts, 2);
    db.storage.message_failed(&id, Retry::GiveUp, minute(6)).await.unwrap();
    assert!(claim(&db, minute(99)).await.is_empty());
    assert_eq!(db.storage.messages_of(ANA, ALL).await.unwrap()[0].state, MessageState::Failed);
}

async fn the_content_is_dropped_after_sending_when_asked(db: TestDatabase) {
    people(&db).await;
    add(&db, new("Your code", None), minute(0)).await;
    let id = claim(&db, minute(1)).await.remove(0).id;
    db.storage.message_sent(&id, minute(1), true).await.unwrap();
    let message = db.storage.messages_all(10).await.unwrap().remove(0);
    assert_eq!((message.subject.as_str(), message.text.as_str(), message.html.as_str()), ("Your code", "", ""));
}

async fn a_message_with_a_known_key_is_not_added_again(db: TestDatabase) {
    people(&db).await;
    assert!(add(&db, new("Seven days left", Some("reminder-1")), minute(0)).await);
    assert!(!add(&db, new("Seven days left", Some("reminder-1")), minute(1)).await);
    assert!(add(&db, new("One day left", Some("reminder-2")), minute(1)).await);
    assert!(add(&db, new("Your code", None), minute(1)).await);
    assert!(add(&db, new("Your code", None), minute(1)).await);
    assert_eq!(db.storage.messages_of(ANA, ALL).await.unwrap().len(), 4);
}

async fn a_damaged_message_does_not_hold_up_the_others(db: TestDatabase) {
    people(&db).await;
    add(&db, new("Damaged", None), minute(0)).await;
    db.tamper("UPDATE messages SET recipient = subject").await.unwrap();
    add(&db, new("Your code", None), minute(0)).await;
    let claimed = claim(&db, minute(1)).await;
    assert_eq!(claimed.iter().map(|message| message.subject.as_str()).collect::<Vec<_>>(), ["Your code"]);
    let states = db.storage.messages_of(ANA, ALL).await.unwrap();
    assert!(states.iter().any(|message| message.state == MessageState::Failed));
}

async fn a_code_overtakes_a_flood_of_other_mail(db: TestDatabase) {
    people(&db).await;
    for _ in 0..30 {
        add(&db, new("Your draft", None), minute(0)).await;
    }
    let code = NewMessage { urgency: Urgency::Waited, due: minute(3), ..new("Your code", None) };
    add(&db, code, minute(3)).await;
    let claimed = claim(&db, minute(3)).await;
    assert_eq!(claimed.len(), 10);
    assert_eq!(claimed[0].subject, "Your code");
    let code = NewMessage { urgency: Urgency::Waited, due: minute(9), ..new("Your code", None) };
    add(&db, code, minute(3)).await;
    assert!(claim(&db, minute(3)).await.iter().all(|message| message.subject == "Your draft"), "not before it is due");
}

async fn a_long_list_comes_in_pages(db: TestDatabase) {
    people(&db).await;
    for number in 0..7 {
        // Some in the same moment, which come in a fixed order too.
        add(&db, new(&number.to_string(), None), minute(number / 2)).await;
    }
    let all = db.storage.messages_of(ANA, ALL).await.unwrap();
    let mut paged = Vec::new();
    for offset in [0, 3, 6, 9] {
        let page = db.storage.messages_of(ANA, Slice { offset, limit: 3 }).await.unwrap();
        assert!(page.len() <= 3);
        paged.extend(page);
    }
    let subjects = |list: &[storage::messages::MessageSummary]| -> Vec<String> {
        list.iter().map(|message| message.subject.clone()).collect()
    };
    assert_eq!((paged.len(), subjects(&paged)), (7, subjects(&all)));
    assert_eq!(all[0].subject, "6");
}

async fn the_outbox_shows_the_newest_first(db: TestDatabase) {
    people(&db).await;
    for (minutes, subject) in [(0, "first"), (1, "second"), (2, "third")] {
        add(&db, new(subject, None), minute(minutes)).await;
    }
    let shown = db.storage.messages_all(2).await.unwrap();
    assert_eq!(shown.iter().map(|message| message.subject.as_str()).collect::<Vec<_>>(), ["third", "second"]);
    assert_eq!((shown[0].created, shown[0].state), (minute(2), MessageState::Waiting));
}
