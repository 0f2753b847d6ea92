use storage::accounts::NewAccount;
use storage::audit::NewAudit;
use storage::testing::TestDatabase;
use storage::{Storage, StorageError};

use crate::support::{ANA, day, minute, on_both, people};

on_both!(
    another_root_key_is_refused_with_both_fingerprints,
    two_servers_that_start_at_once_agree_on_one_key,
    an_older_database_takes_over_only_a_key_that_opens_it,
    an_older_database_in_which_one_thing_is_damaged_knows_its_key,
    the_last_run_is_remembered_and_only_set_back_when_asked,
    a_write_can_be_tried,
);

const OTHER: [u8; 32] = [1; 32];

/// As before the fingerprint was written down.
async fn forget_key(db: &TestDatabase) {
    db.tamper("UPDATE installation SET key_fingerprint = NULL").await.unwrap();
}

async fn refusal(storage: &Storage) -> (Option<String>, String) {
    match storage.migrate().await {
        Err(StorageError::WrongKey { wanted, given }) => (wanted, given),
        other => panic!("{other:?}"),
    }
}

async fn another_root_key_is_refused_with_both_fingerprints(db: TestDatabase) {
    db.storage.migrate().await.unwrap();
    let other = db.under_root_key(OTHER).await;
    let (wanted, given) = refusal(&other).await;
    assert_eq!(wanted.as_deref(), Some(db.storage.key_fingerprint()));
    assert_eq!((given.as_str(), given.len()), (other.key_fingerprint(), 16));
    assert_ne!(Some(given), wanted);
    assert!(matches!(other.key_check().await, Err(StorageError::WrongKey { .. })));
    db.storage.key_check().await.unwrap();
}

async fn two_servers_that_start_at_once_agree_on_one_key(db: TestDatabase) {
    db.storage.migrate_down().await.unwrap();
    let (one, other) = (db.under_root_key([2; 32]).await, db.under_root_key([3; 32]).await);
    let same = db.under_root_key([2; 32]).await;
    let started = tokio::join!(one.migrate(), other.migrate(), same.migrate());
    assert_eq!(started.0.is_ok(), started.2.is_ok(), "{started:?}");
    assert_ne!(started.0.is_ok(), started.1.is_ok(), "{started:?}");
}

async fn an_older_database_takes_over_only_a_key_that_opens_it(db: TestDatabase) {
    let other = db.under_root_key(OTHER).await;
    forget_key(&db).await;
    people(&db).await;
    assert_eq!(refusal(&other).await, (None, other.key_fingerprint().to_owned()));
    // What a server with a wrong key has added meanwhile proves nothing.
    let tx = other.begin(day(1)).await.unwrap();
    let id = domain::ids::AccountId(0xc);
    let new = NewAccount { id, email: "ana@example.org", password_hash: "$", language: "sv" };
    tx.account_insert(new).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(refusal(&other).await.0, None);
    db.storage.migrate().await.unwrap();
    assert_eq!(refusal(&other).await.0.as_deref(), Some(db.storage.key_fingerprint()));
}

async fn an_older_database_in_which_one_thing_is_damaged_knows_its_key(db: TestDatabase) {
    people(&db).await;
    let mut tx = db.storage.begin(minute(1)).await.unwrap();
    tx.audit_add(NewAudit { actor: &ANA.to_string(), action: "x", subject: "", detail: "" });
    tx.commit().await.unwrap();
    let empty = if db.url.starts_with("sqlite") { "x''" } else { "''" };
    db.tamper(&format!("UPDATE accounts SET email = {empty}")).await.unwrap();
    forget_key(&db).await;
    refusal(&db.under_root_key(OTHER).await).await;
    db.storage.migrate().await.unwrap();
}

async fn the_last_run_is_remembered_and_only_set_back_when_asked(db: TestDatabase) {
    assert_eq!(db.storage.purged().await.unwrap(), None);
    let mut tx = db.storage.begin(day(1)).await.unwrap();
    tx.audit_add(NewAudit { actor: "job", action: "x", subject: "", detail: "" });
    tx.commit().await.unwrap();
    assert_eq!(db.storage.purged().await.unwrap(), Some(day(1)), "the last that is known to have happened");
    let set = async |now, even_back| {
        let tx = db.storage.begin(now).await.unwrap();
        tx.purged_set(even_back).await.unwrap();
        tx.commit().await.unwrap();
    };
    set(day(2), false).await;
    set(day(1), false).await;
    assert_eq!(db.storage.purged().await.unwrap(), Some(day(2)));
    set(day(1), true).await;
    assert_eq!(db.storage.purged().await.unwrap(), Some(day(1)));
}

async fn a_write_can_be_tried(db: TestDatabase) {
    db.storage.probe(day(1)).await.unwrap();
    for file in db.files() {
        std::fs::remove_file(file).unwrap();
    }
    if db.url.starts_with("sqlite") {
        let error = db.storage.probe(day(1)).await.unwrap_err();
        assert!(matches!(error, StorageError::Unavailable(_)), "what is written to a deleted file is lost: {error:?}");
    }
    db.storage.close().await.unwrap();
    assert!(matches!(db.storage.probe(day(1)).await, Err(StorageError::Unavailable(_))));
}
