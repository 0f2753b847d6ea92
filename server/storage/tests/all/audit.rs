use storage::audit::NewAudit;
use storage::testing::TestDatabase;

use crate::support::{minute, on_both};

on_both!(
    the_log_refuses_changes,
    a_changed_removed_or_moved_row_is_named,
    a_log_whose_end_was_cut_off_is_noticed,
    twenty_writers_keep_one_chain,
    a_transaction_taken_back_leaves_no_row,
);

async fn add(storage: &storage::Storage, action: &str) {
    let mut tx = storage.begin(minute(0)).await.unwrap();
    tx.audit_add(NewAudit { actor: "job", action, subject: "a", detail: "" });
    tx.audit_add(NewAudit { actor: "job", action, subject: "b", detail: "" });
    tx.commit().await.unwrap();
}

/// Six rows, and the triggers taken off as somebody with access to the database could.
async fn unlocked(db: &TestDatabase) {
    for action in ["one", "two", "three"] {
        add(&db.storage, action).await;
    }
    assert_eq!(db.storage.audit_verify().await.unwrap(), None);
    let is_sqlite = db.url.starts_with("sqlite");
    let triggers: &[&str] = if is_sqlite { &["audit_no_update", "audit_no_delete"] } else { &["audit_no_update"] };
    for trigger in triggers {
        let on = if is_sqlite { "" } else { "ON audit" };
        db.tamper(&format!("DROP TRIGGER {trigger} {on}")).await.unwrap();
    }
}

async fn the_log_refuses_changes(db: TestDatabase) {
    assert_eq!(db.storage.audit_verify().await.unwrap(), None, "an empty log is whole");
    add(&db.storage, "one").await;
    for sql in ["UPDATE audit SET actor = 'x'", "DELETE FROM audit"] {
        let refusal = db.tamper(sql).await.expect_err(sql);
        assert!(refusal.contains("locked"), "{refusal}");
    }
    assert_eq!(db.storage.audit_verify().await.unwrap(), None);
}

async fn a_changed_removed_or_moved_row_is_named(db: TestDatabase) {
    unlocked(&db).await;
    let verify = async || db.storage.audit_verify().await.unwrap();
    for (column, value) in [("at", "7"), ("actor", "'x'"), ("action", "'x'"), ("subject", "'x'"), ("detail", "'x'")] {
        db.tamper("CREATE TABLE kept AS SELECT * FROM audit WHERE seq = 4").await.unwrap();
        db.tamper(&format!("UPDATE audit SET {column} = {value} WHERE seq = 4")).await.unwrap();
        assert_eq!(verify().await, Some(4), "{column}");
        db.tamper(&format!("UPDATE audit SET {column} = (SELECT {column} FROM kept) WHERE seq = 4")).await.unwrap();
        db.tamper("DROP TABLE kept").await.unwrap();
        assert_eq!(verify().await, None, "{column}");
    }
    db.tamper("UPDATE audit SET seq = 99 WHERE seq = 5").await.unwrap();
    assert_eq!(verify().await, Some(5));
    db.tamper("UPDATE audit SET seq = 5 WHERE seq = 99").await.unwrap();
    db.tamper("DELETE FROM audit WHERE seq = 2").await.unwrap();
    assert_eq!(verify().await, Some(2));
    assert_eq!(db.under_root_key([1; 32]).await.audit_verify().await.unwrap(), Some(1));
}

async fn a_log_whose_end_was_cut_off_is_noticed(db: TestDatabase) {
    unlocked(&db).await;
    db.tamper("DELETE FROM audit WHERE seq > 4").await.unwrap();
    assert_eq!(db.storage.audit_verify().await.unwrap(), Some(5));
}

async fn twenty_writers_keep_one_chain(db: TestDatabase) {
    let writers: Vec<_> = (0..20)
        .map(|_| {
            let storage = db.storage.clone();
            tokio::spawn(async move { add(&storage, "x").await })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    assert_eq!(db.storage.audit_verify().await.unwrap(), None);
    assert_eq!(db.number("SELECT COUNT(*) FROM audit").await, 40);
}

async fn a_transaction_taken_back_leaves_no_row(db: TestDatabase) {
    let mut tx = db.storage.begin(minute(0)).await.unwrap();
    tx.audit_add(NewAudit { actor: "job", action: "x", subject: "", detail: "" });
    drop(tx);
    assert_eq!(db.number("SELECT COUNT(*) FROM audit").await, 0);
}
