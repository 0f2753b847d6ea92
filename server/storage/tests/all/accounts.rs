use domain::ids::AccountId;
use jiff::SignedDuration;
use storage::StorageError;
use storage::accounts::NewAccount;
use storage::testing::TestDatabase;
use storage::tokens::{NewToken, Purpose};

use crate::support::{ANA, BO, day, minute, on_both, people, session};

on_both!(
    an_account_is_found_by_its_address,
    an_address_has_one_account,
    a_session_ends_at_its_absolute_end_and_by_logging_out,
    activity_is_written_at_most_once_a_minute,
    a_new_password_ends_every_session_and_link,
    logging_out_everywhere_ends_the_sessions_of_one_account,
    a_session_begun_with_the_old_password_is_dead,
    wrong_passwords_are_counted_until_a_right_one,
    a_browser_is_known_to_one_account_only,
    a_link_is_used_up_once_among_twenty,
    a_link_that_expired_or_is_for_something_else_is_dead,
    what_has_ended_is_purged,
);

async fn an_account_is_found_by_its_address(db: TestDatabase) {
    people(&db).await;
    let ana = db.storage.account_by_email(" ANA@Example.org").await.unwrap().unwrap();
    assert_eq!((ana.id, ana.email.as_str(), ana.language.as_str()), (ANA, "ana@example.org", "sv"));
    assert_eq!((ana.epoch, ana.wrong_tries, ana.created), (1, 0, minute(0)));
    assert_eq!(db.storage.account_find(BO).await.unwrap().unwrap().email, "bo@example.org");
    assert!(db.storage.account_by_email("nobody@example.org").await.unwrap().is_none());
    assert!(db.storage.account_find(AccountId(1)).await.unwrap().is_none());
}

async fn an_address_has_one_account(db: TestDatabase) {
    people(&db).await;
    let tx = db.storage.begin(minute(1)).await.unwrap();
    let again = NewAccount { id: AccountId(1), email: "Ana@example.org", password_hash: "$x", language: "en" };
    let error = tx.account_insert(again).await.unwrap_err();
    assert!(matches!(error, StorageError::Taken), "{error:?}");
}

async fn a_session_ends_at_its_absolute_end_and_by_logging_out(db: TestDatabase) {
    people(&db).await;
    let found = db.storage.session_find("ana", minute(1)).await.unwrap().unwrap();
    assert_eq!((found.account, found.email.as_str(), found.created), (ANA, "ana@example.org", minute(0)));
    let end = found.absolute_end;
    assert!(db.storage.session_find("ana", end - SignedDuration::from_millis(1)).await.unwrap().is_some());
    assert!(db.storage.session_find("ana", end).await.unwrap().is_none());
    assert!(db.storage.session_find("Ana", minute(1)).await.unwrap().is_none());
    for owner in [Some(ANA), None] {
        let tx = db.storage.begin(minute(2)).await.unwrap();
        assert_eq!(tx.session_delete("ana").await.unwrap(), owner);
        tx.commit().await.unwrap();
    }
    assert!(db.storage.session_find("ana", minute(2)).await.unwrap().is_none());
    assert!(db.storage.session_find("bo", minute(2)).await.unwrap().is_some());
}

async fn activity_is_written_at_most_once_a_minute(db: TestDatabase) {
    people(&db).await;
    let find = async || db.storage.session_find("ana", minute(9)).await.unwrap().unwrap();
    let almost = minute(1) - SignedDuration::from_secs(1);
    db.storage.session_touch(&mut find().await, almost).await.unwrap();
    assert_eq!(find().await.last_activity, minute(0));
    db.storage.session_touch(&mut find().await, minute(1)).await.unwrap();
    assert_eq!(find().await.last_activity, minute(1));
}

async fn a_new_password_ends_every_session_and_link(db: TestDatabase) {
    people(&db).await;
    let tx = db.storage.begin(minute(1)).await.unwrap();
    for token in ["one", "two"] {
        let new = NewToken { token, purpose: Purpose::Reset, account: ANA, application: None, expires: minute(61) };
        tx.token_insert(new).await.unwrap();
    }
    assert!(tx.token_use("one", Purpose::Reset).await.unwrap().is_some());
    assert!(tx.password_set(ANA, "$argon2id$2").await.unwrap());
    assert!(!tx.password_set(AccountId(1), "$argon2id$2").await.unwrap());
    tx.commit().await.unwrap();
    let ana = db.storage.account_find(ANA).await.unwrap().unwrap();
    assert_eq!((ana.password_hash.as_str(), ana.epoch), ("$argon2id$2", 2));
    assert!(db.storage.session_find("ana", minute(1)).await.unwrap().is_none());
    assert!(db.storage.session_find("bo", minute(1)).await.unwrap().is_some());
    assert!(db.storage.token_find("two", Purpose::Reset, minute(1)).await.unwrap().is_none());
}

async fn logging_out_everywhere_ends_the_sessions_of_one_account(db: TestDatabase) {
    people(&db).await;
    let tx = db.storage.begin(minute(1)).await.unwrap();
    tx.device_insert("here", ANA).await.unwrap();
    tx.device_insert("library", ANA).await.unwrap();
    tx.device_insert("library", BO).await.unwrap();
    tx.sessions_end(ANA).await.unwrap();
    tx.devices_forget(ANA, "here").await.unwrap();
    // The password was checked before.
    tx.session_insert(session(ANA, "late")).await.unwrap();
    tx.commit().await.unwrap();
    for (token, is_open) in [("ana", false), ("late", false), ("bo", true)] {
        assert_eq!(db.storage.session_find(token, minute(1)).await.unwrap().is_some(), is_open, "{token}");
    }
    for (device, account, is_known) in [("here", ANA, true), ("library", ANA, false), ("library", BO, true)] {
        assert_eq!(db.storage.device_find(device, account).await.unwrap(), is_known, "{device}");
    }
}

async fn a_session_begun_with_the_old_password_is_dead(db: TestDatabase) {
    people(&db).await;
    let tx = db.storage.begin(minute(1)).await.unwrap();
    tx.password_set(ANA, "$argon2id$2").await.unwrap();
    // The password was checked before it was changed.
    tx.session_insert(session(ANA, "late")).await.unwrap();
    tx.commit().await.unwrap();
    assert!(db.storage.session_find("late", minute(1)).await.unwrap().is_none());
}

async fn wrong_passwords_are_counted_until_a_right_one(db: TestDatabase) {
    people(&db).await;
    for wrong in 1..=3 {
        let tx = db.storage.begin(minute(1)).await.unwrap();
        assert_eq!(tx.wrong_tries_add(ANA).await.unwrap(), wrong);
        tx.commit().await.unwrap();
    }
    let tx = db.storage.begin(minute(2)).await.unwrap();
    tx.wrong_tries_reset(ANA).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(db.storage.account_find(ANA).await.unwrap().unwrap().wrong_tries, 0);
}

async fn a_browser_is_known_to_one_account_only(db: TestDatabase) {
    people(&db).await;
    let tx = db.storage.begin(minute(1)).await.unwrap();
    tx.device_insert("browser", ANA).await.unwrap();
    tx.device_insert("browser", ANA).await.unwrap();
    tx.commit().await.unwrap();
    assert!(db.storage.device_find("browser", ANA).await.unwrap());
    assert!(!db.storage.device_find("browser", BO).await.unwrap());
    assert!(!db.storage.device_find("other", ANA).await.unwrap());
}

async fn a_link_is_used_up_once_among_twenty(db: TestDatabase) {
    people(&db).await;
    let tx = db.storage.begin(minute(0)).await.unwrap();
    let new = NewToken { token: "link", purpose: Purpose::Reset, account: ANA, application: None, expires: minute(60) };
    tx.token_insert(new).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(db.storage.token_find("link", Purpose::Reset, minute(1)).await.unwrap().unwrap().account, ANA);
    let tries: Vec<_> = (0..20)
        .map(|_| {
            let storage = db.storage.clone();
            tokio::spawn(async move {
                let tx = storage.begin(minute(1)).await.unwrap();
                let used = tx.token_use("link", Purpose::Reset).await.unwrap().is_some();
                tx.commit().await.unwrap();
                used
            })
        })
        .collect();
    let mut used = 0;
    for one in tries {
        used += u32::from(one.await.unwrap());
    }
    assert_eq!(used, 1);
    assert!(db.storage.token_find("link", Purpose::Reset, minute(1)).await.unwrap().is_none());
}

async fn a_link_that_expired_or_is_for_something_else_is_dead(db: TestDatabase) {
    people(&db).await;
    let tx = db.storage.begin(minute(0)).await.unwrap();
    let new = NewToken { token: "link", purpose: Purpose::Reset, account: ANA, application: None, expires: minute(60) };
    tx.token_insert(new).await.unwrap();
    assert!(tx.token_use("link", Purpose::Resume).await.unwrap().is_none());
    tx.commit().await.unwrap();
    let find = async |purpose, now| db.storage.token_find("link", purpose, now).await.unwrap().is_some();
    assert!(!find(Purpose::Resume, minute(1)).await);
    assert!(find(Purpose::Reset, minute(59)).await);
    assert!(!find(Purpose::Reset, minute(60)).await);
    let tx = db.storage.begin(minute(60)).await.unwrap();
    assert!(tx.token_use("link", Purpose::Reset).await.unwrap().is_none());
}

async fn what_has_ended_is_purged(db: TestDatabase) {
    people(&db).await;
    let tx = db.storage.begin(minute(30)).await.unwrap();
    tx.session_insert(session(ANA, "second")).await.unwrap();
    let new = NewToken { token: "link", purpose: Purpose::Reset, account: ANA, application: None, expires: minute(60) };
    tx.token_insert(new).await.unwrap();
    assert_eq!(tx.sessions_purge(minute(0)).await.unwrap(), 2);
    assert_eq!(tx.tokens_purge().await.unwrap(), 0);
    tx.commit().await.unwrap();
    let tx = db.storage.begin(day(1)).await.unwrap();
    assert_eq!(tx.sessions_purge(minute(0)).await.unwrap(), 1);
    assert_eq!(tx.tokens_purge().await.unwrap(), 1);
    tx.commit().await.unwrap();
}
