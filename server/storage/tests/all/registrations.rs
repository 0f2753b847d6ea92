use jiff::Timestamp;
use storage::Storage;
use storage::codes::CodeTry;
use storage::registrations::{NewRegistration, Registration};
use storage::testing::TestDatabase;

use crate::support::{day, minute, on_both};

on_both!(
    the_right_code_takes_the_registration_away,
    a_wrong_code_leaves_four_tries,
    after_five_wrong_codes_the_right_one_is_dead,
    a_code_is_dead_after_a_day,
    a_new_code_replaces_the_old_one,
    twenty_right_codes_at_once_give_one_success,
    no_code_is_right_for_an_address_that_has_an_account,
    old_registrations_are_purged,
);

async fn register(db: &TestDatabase, existing: bool) {
    let tx = db.storage.begin(minute(0)).await.unwrap();
    tx.registration_insert(NewRegistration {
        pending: "browser",
        email: "Ana@example.org",
        password_hash: "$argon2id$1",
        language: "ar",
        existing,
        code: "123456",
        code_expires: day(1),
        tries: 5,
    })
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

async fn confirm(storage: &Storage, code: &str, now: Timestamp) -> CodeTry<Registration> {
    let tx = storage.begin(now).await.unwrap();
    let tried = tx.registration_confirm("browser", code).await.unwrap();
    tx.commit().await.unwrap();
    tried
}

fn left(tried: &CodeTry<Registration>) -> Option<u8> {
    if let CodeTry::Wrong { tries_left } = tried { Some(*tries_left) } else { None }
}

async fn the_right_code_takes_the_registration_away(db: TestDatabase) {
    register(&db, false).await;
    let waiting = db.storage.registration_find("browser").await.unwrap().unwrap();
    assert_eq!((waiting.email.as_str(), waiting.tries_left, waiting.code_expires), ("Ana@example.org", 5, day(1)));
    let CodeTry::Right(registration) = confirm(&db.storage, "123456", minute(1)).await else { panic!("not right") };
    assert_eq!(registration.email, "Ana@example.org");
    assert_eq!((registration.password_hash.as_str(), registration.language.as_str()), ("$argon2id$1", "ar"));
    assert!(db.storage.registration_find("browser").await.unwrap().is_none());
    assert!(matches!(confirm(&db.storage, "123456", minute(1)).await, CodeTry::NothingWaits));
}

async fn a_wrong_code_leaves_four_tries(db: TestDatabase) {
    register(&db, false).await;
    assert_eq!(left(&confirm(&db.storage, "654321", minute(1)).await), Some(4));
    assert!(matches!(confirm(&db.storage, "123456", minute(1)).await, CodeTry::Right(_)));
}

async fn after_five_wrong_codes_the_right_one_is_dead(db: TestDatabase) {
    register(&db, false).await;
    for tries_left in [4, 3, 2, 1, 0] {
        assert_eq!(left(&confirm(&db.storage, "654321", minute(1)).await), Some(tries_left));
    }
    assert!(matches!(confirm(&db.storage, "123456", minute(1)).await, CodeTry::Dead));
}

async fn a_code_is_dead_after_a_day(db: TestDatabase) {
    register(&db, false).await;
    assert!(matches!(confirm(&db.storage, "123456", day(1)).await, CodeTry::Dead));
    assert_eq!(db.storage.registration_find("browser").await.unwrap().unwrap().tries_left, 5);
}

async fn a_new_code_replaces_the_old_one(db: TestDatabase) {
    register(&db, false).await;
    assert_eq!(left(&confirm(&db.storage, "654321", minute(1)).await), Some(4));
    let tx = db.storage.begin(minute(2)).await.unwrap();
    assert!(tx.registration_code_replace("browser", "777777", day(2), 5).await.unwrap());
    assert!(!tx.registration_code_replace("another", "777777", day(2), 5).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(left(&confirm(&db.storage, "123456", minute(3)).await), Some(4));
    assert!(matches!(confirm(&db.storage, "777777", minute(3)).await, CodeTry::Right(_)));
}

async fn twenty_right_codes_at_once_give_one_success(db: TestDatabase) {
    register(&db, false).await;
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

async fn no_code_is_right_for_an_address_that_has_an_account(db: TestDatabase) {
    register(&db, true).await;
    assert!(db.storage.registration_find("browser").await.unwrap().unwrap().existing);
    assert_eq!(left(&confirm(&db.storage, "123456", minute(1)).await), Some(4));
}

async fn old_registrations_are_purged(db: TestDatabase) {
    register(&db, false).await;
    let tx = db.storage.begin(day(9)).await.unwrap();
    assert_eq!(tx.registrations_purge(day(1)).await.unwrap(), 0);
    assert_eq!(tx.registrations_purge(day(2)).await.unwrap(), 1);
    tx.commit().await.unwrap();
}
