use storage::anchors::{Anchor, Broken};
use storage::audit::NewAudit;
use storage::testing::TestDatabase;

use crate::support::{minute, on_both};

on_both!(
    an_anchor_holds_while_the_log_grows,
    a_log_that_was_shortened_together_with_its_head_breaks_its_anchors,
    an_anchor_that_was_changed_or_comes_from_elsewhere_does_not_hold,
);

async fn add(db: &TestDatabase, action: &str) {
    let mut tx = db.storage.begin(minute(0)).await.unwrap();
    tx.audit_add(NewAudit { actor: "job", action, subject: "", detail: "" });
    tx.commit().await.unwrap();
}

/// As it would be read back from a line of a log.
async fn anchor(db: &TestDatabase) -> Anchor {
    let line = format!("2026-06-01T12:00:00Z  INFO how far it goes anchor={}\r", anchor_text(db).await);
    Anchor::in_line(&line).unwrap().unwrap()
}

async fn anchor_text(db: &TestDatabase) -> String {
    db.storage.audit_anchor(minute(5)).await.unwrap().to_string()
}

async fn an_anchor_holds_while_the_log_grows(db: TestDatabase) {
    let empty = anchor(&db).await;
    add(&db, "one").await;
    let one = anchor(&db).await;
    assert_eq!((empty.seq, one.seq, one.at), (0, 1, minute(5)));
    add(&db, "two").await;
    for anchor in [&empty, &one] {
        assert_eq!(db.storage.audit_anchor_check(anchor).await.unwrap(), Ok(()));
    }
    assert!(Anchor::in_line("a line of the log about something else").is_none());
}

async fn a_log_that_was_shortened_together_with_its_head_breaks_its_anchors(db: TestDatabase) {
    for action in ["one", "two", "three"] {
        add(&db, action).await;
    }
    let three = anchor(&db).await;
    let is_sqlite = db.url.starts_with("sqlite");
    let (trigger, on) = if is_sqlite { ("audit_no_delete", "") } else { ("audit_no_update", "ON audit") };
    db.tamper(&format!("DROP TRIGGER {trigger} {on}")).await.unwrap();
    db.tamper("DELETE FROM audit WHERE seq = 3").await.unwrap();
    db.tamper("UPDATE audit_head SET seq = 2, mac = (SELECT mac FROM audit WHERE seq = 2)").await.unwrap();
    assert_eq!(db.storage.audit_verify().await.unwrap(), None, "the chain alone does not show it");
    assert_eq!(db.storage.audit_anchor_check(&three).await.unwrap(), Err(Broken::RowMissing(3)));
    add(&db, "something else").await;
    assert_eq!(db.storage.audit_verify().await.unwrap(), None);
    assert_eq!(db.storage.audit_anchor_check(&three).await.unwrap(), Err(Broken::RowChanged(3)));
}

async fn an_anchor_that_was_changed_or_comes_from_elsewhere_does_not_hold(db: TestDatabase) {
    add(&db, "one").await;
    let text = anchor_text(&db).await;
    for changed in [text.replace("Z/1/", "Z/0/"), text.replace("T12:05", "T12:04"), text[..text.len() - 1].to_owned()] {
        let checked = match Anchor::in_line(&changed).unwrap() {
            Ok(anchor) => db.storage.audit_anchor_check(&anchor).await.unwrap(),
            Err(broken) => Err(broken),
        };
        assert_eq!(checked, Err(Broken::Line), "{changed}");
    }
    assert_eq!(Anchor::in_line("lodge-anchor/1/cut off"), Some(Err(Broken::Line)));
    let elsewhere = db.under_root_key([1; 32]).await.audit_anchor(minute(5)).await.unwrap();
    assert_eq!(db.storage.audit_anchor_check(&elsewhere).await.unwrap(), Err(Broken::Line));
}
