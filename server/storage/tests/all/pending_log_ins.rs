use jiff::Timestamp;
use storage::Storage;
use storage::codes::CodeTry;
use storage::pending_log_ins::{NewPendingLogIn, PendingLogIn};
use storage::testing::TestDatabase;

use crate::support::{ANA, minute, on_both, people};

on_both!(
    the_right_code_takes_the_log_in_away,
    twenty_right_codes_at_once_give_one_success,
    after_five_wrong_codes_the_right_one_is_dead,
    a_new_code_replaces_the_old_one,
    a_new_password_ends_what_waits,
    old_log_ins_are_purged,
);

async fn wait(db: &TestDatabase) {
    people(db).await;
    let tx = db.storage.begin(minute(0)).await.unwrap();
    tx.pending_log_in_insert(NewPendingLogIn {
        pending: "browser",
        account: ANA,
        epoch: 1,
        language: "ar",
        code: "123456",
        code_expires: minute(60),
        tries: 5,
    })
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

async fn confirm(storage: &Storage, code: &str, now: Timestamp) -> CodeTry<PendingLogIn> {
    let tx = storage.begin(now).await.unwrap();
    let tried = tx.pending_log_in_confirm("browser", code).await.unwrap();
    tx.commit().await.unwrap();
    tried
}

fn left(tried: &CodeTry<PendingLogIn>) -> Option<u8> {
    if let CodeTry::Wrong { tries_left } = tried { Some(*tries_left) } else { None }
}

async fn the_right_code_takes_the_log_in_away(db: TestDatabase) {
    wait(&db).await;
    let CodeTry::Right(log_in) = confirm(&db.storage, "123456", minute(1)).await else { panic!("not right") };
    assert_eq!((log_in.account, log_in.epoch, log_in.language.as_str()), (ANA, 1, "ar"));
    assert!(db.storage.pending_log_in_find("browser").await.unwrap().is_none());
    assert!(matches!(confirm(&db.storage, "123456", minute(1)).await, CodeTry::NothingWaits));
}

async fn twenty_right_codes_at_once_give_one_success(db: TestDatabase) {
    wait(&db).await;
    let tries: Vec<_> = (0..20)
        .map(|_| {
            let storage = db.storage.clone();
            tokio::spawn(async move { matches!(confirm(&storage, "123456", minute(1)).await, CodeTry::Right(_)) })
        })
        .collect();
    let mut right = 0;
    for one in tries {
        right += u32::from(one.await.unwrap());
    }
    assert_eq!(right, 1);
}

async fn after_five_wrong_codes_the_right_one_is_dead(db: TestDatabase) {
    wait(&db).await;
    for tries_left in [4, 3, 2, 1, 0] {
        assert_eq!(left(&confirm(&db.storage, "654321", minute(1)).await), Some(tries_left));
    }
    assert!(matches!(confirm(&db.storage, "123456", minute(1)).await, CodeTry::Dead));
}

async fn a_new_code_replaces_the_old_one(db: TestDatabase) {
    wait(&db).await;
    let tx = db.storage.begin(minute(70)).await.unwrap();
    assert!(tx.pending_log_in_code_replace("browser", "777777", minute(130), 5).await.unwrap());
    assert!(!tx.pending_log_in_code_replace("another", "777777", minute(130), 5).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(left(&confirm(&db.storage, "123456", minute(71)).await), Some(4));
    assert!(matches!(confirm(&db.storage, "777777", minute(71)).await, CodeTry::Right(_)));
}

async fn a_new_password_ends_what_waits(db: TestDatabase) {
    wait(&db).await;
    let tx = db.storage.begin(minute(1)).await.unwrap();
    tx.password_set(ANA, "$argon2id$2").await.unwrap();
    tx.commit().await.unwrap();
    assert!(matches!(confirm(&db.storage, "123456", minute(1)).await, CodeTry::NothingWaits));
}

async fn old_log_ins_are_purged(db: TestDatabase) {
    wait(&db).await;
    let tx = db.storage.begin(minute(99)).await.unwrap();
    assert_eq!(tx.pending_log_ins_purge(minute(60)).await.unwrap(), 0);
    assert_eq!(tx.pending_log_ins_purge(minute(61)).await.unwrap(), 1);
    tx.commit().await.unwrap();
}
