use domain::ids::ApplicationId;
use jiff::{SignedDuration, Timestamp};
use storage::applications::{Due, HandedOver, Reminder, Step, Summary};
use storage::messages::{Channel, MessageId, NewMessage, Retry, Urgency};
use storage::testing::TestDatabase;
use storage::tokens::{NewToken, Purpose};

use crate::support::{ALL, ANA, DRAFT, ana_with_draft, day, draft, minute, on_both, open, save};

on_both!(
    a_draft_is_kept_until_its_last_moment,
    nothing_is_deleted_before_both_reminders,
    a_reminder_that_is_late_gives_its_whole_time,
    a_reminder_that_was_given_up_counts_from_then,
    a_reminder_whose_message_is_not_known_counts_for_nothing,
    where_there_is_no_mail_server_the_outbox_is_enough,
    deleting_a_draft_takes_its_links_and_waiting_messages,
    a_draft_saved_meanwhile_is_not_deleted,
    each_reminder_is_sent_once_and_anew_after_a_save,
    drafts_are_found_page_by_page_and_counted_by_service,
);

const MOMENT: SignedDuration = SignedDuration::from_millis(1);
const WEEK: Step = Step::Remind(Reminder::Week);
const DAY: Step = Step::Remind(Reminder::Day);

async fn due_when(db: &TestDatabase, step: Step, by: Timestamp, handed_over: HandedOver) -> Vec<Summary> {
    db.storage.drafts_due(Due { step, by, handed_over }, None, 10).await.unwrap()
}

async fn due(db: &TestDatabase, step: Step, by: Timestamp) -> Vec<Summary> {
    due_when(db, step, by, HandedOver::WhenSent).await
}

/// Queues the reminder at `now`; `None` when the draft is not as it was found.
async fn remind(db: &TestDatabase, found: &Summary, reminder: Reminder, now: Timestamp) -> Option<MessageId> {
    let promise = SignedDuration::from_hours(if reminder == Reminder::Week { 7 * 24 } else { 24 });
    let tx = db.storage.begin(now).await.unwrap();
    let message = tx.message_add(message(Some(found.id), now)).await.unwrap().unwrap();
    if !tx.draft_reminded(found, reminder, &message, promise).await.unwrap() {
        return None;
    }
    tx.commit().await.unwrap();
    Some(message)
}

/// Queues it and hands it over at once.
async fn remind_and_send(db: &TestDatabase, reminder: Reminder, now: Timestamp) {
    let found = due(db, Step::Remind(reminder), day(99)).await.remove(0);
    let message = remind(db, &found, reminder, now).await.unwrap();
    db.storage.message_sent(&message, now, true).await.unwrap();
}

async fn expire(db: &TestDatabase, found: &Summary, now: Timestamp) -> bool {
    let tx = db.storage.begin(now).await.unwrap();
    let is_deleted = tx.draft_expire(found).await.unwrap();
    tx.commit().await.unwrap();
    is_deleted
}

async fn a_draft_is_kept_until_its_last_moment(db: TestDatabase) {
    ana_with_draft(&db).await;
    remind_and_send(&db, Reminder::Week, day(7)).await;
    remind_and_send(&db, Reminder::Day, day(13)).await;
    assert!(due(&db, Step::Delete, day(14) - MOMENT).await.is_empty());
    let ended = due(&db, Step::Delete, day(14)).await;
    assert_eq!((ended[0].id, ended[0].kept_until), (DRAFT, day(14)));
    assert!(!expire(&db, &ended[0], day(14) - MOMENT).await);
    assert!(expire(&db, &ended[0], day(14)).await);
}

async fn nothing_is_deleted_before_both_reminders(db: TestDatabase) {
    ana_with_draft(&db).await;
    let found = due(&db, WEEK, day(99)).await.remove(0);
    assert!(due(&db, Step::Delete, day(99)).await.is_empty());
    assert!(!expire(&db, &found, day(99)).await);
    let first = remind(&db, &found, Reminder::Week, day(7)).await.unwrap();
    assert!(due(&db, DAY, day(99)).await.is_empty(), "the first one has not been handed over");
    db.storage.message_sent(&first, day(7), true).await.unwrap();
    assert!(due(&db, Step::Delete, day(99)).await.is_empty());
    let found = due(&db, DAY, day(99)).await.remove(0);
    let last = remind(&db, &found, Reminder::Day, day(13)).await.unwrap();
    assert!(due(&db, Step::Delete, day(99)).await.is_empty(), "the last one has not been handed over");
    db.storage.message_sent(&last, day(13), true).await.unwrap();
    assert_eq!(due(&db, Step::Delete, day(99)).await.len(), 1);
}

async fn a_reminder_that_is_late_gives_its_whole_time(db: TestDatabase) {
    ana_with_draft(&db).await;
    // Nobody was there to remind in time.
    let found = due(&db, WEEK, day(60)).await.remove(0);
    let first = remind(&db, &found, Reminder::Week, day(60)).await.unwrap();
    db.storage.message_sent(&first, day(61), true).await.unwrap();
    assert!(due(&db, DAY, day(68) - MOMENT).await.is_empty(), "seven days after it was handed over");
    let found = due(&db, DAY, day(68)).await.remove(0);
    assert_eq!(found.kept_until, day(67), "the page tells what the mail told");
    let last = remind(&db, &found, Reminder::Day, day(67)).await.unwrap();
    db.storage.message_sent(&last, day(69), true).await.unwrap();
    assert!(due(&db, Step::Delete, day(70) - MOMENT).await.is_empty());
    assert_eq!(due(&db, Step::Delete, day(70)).await[0].kept_until, day(68));
}

async fn a_reminder_that_was_given_up_counts_from_then(db: TestDatabase) {
    ana_with_draft(&db).await;
    let found = due(&db, WEEK, day(14)).await.remove(0);
    let first = remind(&db, &found, Reminder::Week, day(7)).await.unwrap();
    db.storage.message_failed(&first, Retry::At(day(8)), day(7)).await.unwrap();
    assert!(due(&db, DAY, day(99)).await.is_empty());
    db.storage.message_failed(&first, Retry::GiveUp, day(11)).await.unwrap();
    assert!(due(&db, DAY, day(18) - MOMENT).await.is_empty());
    assert_eq!(due(&db, DAY, day(18)).await.len(), 1, "it is not kept for ever");
}

async fn a_reminder_whose_message_is_not_known_counts_for_nothing(db: TestDatabase) {
    ana_with_draft(&db).await;
    // As a version did that did not write the message down.
    db.tamper("UPDATE applications SET reminded = 2").await.unwrap();
    assert!(due(&db, Step::Delete, day(99)).await.is_empty());
    remind_and_send(&db, Reminder::Week, day(14)).await;
    remind_and_send(&db, Reminder::Day, day(20)).await;
    db.tamper("DELETE FROM messages").await.unwrap();
    assert!(due(&db, Step::Delete, day(21) - MOMENT).await.is_empty());
    assert_eq!(due(&db, Step::Delete, day(21)).await.len(), 1, "a message that is gone holds nothing up");
}

async fn where_there_is_no_mail_server_the_outbox_is_enough(db: TestDatabase) {
    ana_with_draft(&db).await;
    let found = due(&db, WEEK, day(14)).await.remove(0);
    remind(&db, &found, Reminder::Week, day(7)).await.unwrap();
    let due = async |by| due_when(&db, DAY, by, HandedOver::WhenQueued).await.len();
    assert_eq!((due(day(14) - MOMENT).await, due(day(14)).await), (0, 1));
}

async fn deleting_a_draft_takes_its_links_and_waiting_messages(db: TestDatabase) {
    ana_with_draft(&db).await;
    draft(&db, ApplicationId(0xe), ANA, day(300)).await;
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
    remind_and_send(&db, Reminder::Week, day(7)).await;
    remind_and_send(&db, Reminder::Day, day(13)).await;
    let ended = &due(&db, Step::Delete, day(14)).await[0];
    assert!(expire(&db, ended, day(14)).await);
    assert!(!expire(&db, ended, day(14)).await);
    let opened = db.storage.draft_open("ana", DRAFT, minute(3)).await.unwrap().unwrap();
    assert!(opened.application.is_none());
    assert!(db.storage.token_find("one", Purpose::Resume, day(15)).await.unwrap().is_none());
    assert!(db.storage.token_find("other", Purpose::Resume, day(15)).await.unwrap().is_some());
    assert_eq!(db.storage.messages_of(ANA, ALL).await.unwrap().len(), 5, "four sent ones, one of the other draft");
    assert_eq!(db.number("SELECT COUNT(*) FROM messages WHERE state = 'waiting'").await, 1);
}

fn message(application: Option<ApplicationId>, due: Timestamp) -> NewMessage<'static> {
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
        urgency: Urgency::Ordinary,
    }
}

async fn a_draft_saved_meanwhile_is_not_deleted(db: TestDatabase) {
    ana_with_draft(&db).await;
    let first = due(&db, WEEK, day(14)).await.remove(0);
    remind_and_send(&db, Reminder::Week, day(7)).await;
    remind_and_send(&db, Reminder::Day, day(13)).await;
    let ended = due(&db, Step::Delete, day(14)).await.remove(0);
    let opened = open(&db, "ana").await.unwrap();
    save(&db.storage, &opened, "name", "Ana", day(13)).await.unwrap();
    assert!(!expire(&db, &ended, day(14)).await);
    assert!(!expire(&db, &ended, day(99)).await);
    assert!(remind(&db, &first, Reminder::Week, day(14)).await.is_none());
    assert!(due(&db, Step::Delete, day(99)).await.is_empty());
}

async fn each_reminder_is_sent_once_and_anew_after_a_save(db: TestDatabase) {
    ana_with_draft(&db).await;
    assert!(due(&db, WEEK, day(14) - MOMENT).await.is_empty());
    for (reminder, now) in [(Reminder::Week, day(7)), (Reminder::Day, day(13))] {
        let step = Step::Remind(reminder);
        let found = due(&db, step, day(14)).await.remove(0);
        let message = remind(&db, &found, reminder, now).await.unwrap();
        assert!(remind(&db, &found, reminder, now).await.is_none());
        db.storage.message_sent(&message, now, true).await.unwrap();
        assert!(due(&db, step, day(99)).await.is_empty());
    }
    assert_eq!(db.number("SELECT COUNT(*) FROM messages").await, 2);
    let opened = open(&db, "ana").await.unwrap();
    save(&db.storage, &opened, "name", "Ana", day(13)).await.unwrap();
    assert!(due(&db, WEEK, day(27) - MOMENT).await.is_empty());
    assert_eq!(due(&db, WEEK, day(27)).await.len(), 1);
}

async fn drafts_are_found_page_by_page_and_counted_by_service(db: TestDatabase) {
    ana_with_draft(&db).await;
    for id in 1..=5 {
        draft(&db, ApplicationId(id), ANA, day(20)).await;
    }
    let due = Due { step: WEEK, by: day(20), handed_over: HandedOver::WhenSent };
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let page = db.storage.drafts_due(due, after, 4).await.unwrap();
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        found.extend(page.iter().map(|draft| draft.id.0));
    }
    assert_eq!(found, [1, 2, 3, 4, 5, 0xd]);
    assert_eq!(db.storage.drafts_due_count(due).await.unwrap(), [("visit-visa".to_owned(), 6)]);
    let sooner = Due { by: day(14), ..due };
    assert_eq!(db.storage.drafts_due_count(sooner).await.unwrap(), [("visit-visa".to_owned(), 1)]);
    assert_eq!(db.storage.drafts_count().await.unwrap(), 6);
}
