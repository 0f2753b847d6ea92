use domain::ids::ApplicationId;
use jiff::{SignedDuration, Timestamp};
use storage::Storage;
use storage::applications::{NewDraft, StartLimits, Starting};
use storage::testing::TestDatabase;

use crate::support::{ANA, BO, DRAFT, day, minute, on_both, people};

on_both!(
    an_account_has_so_many_drafts_of_a_service,
    the_limit_holds_when_fifty_are_started_at_once,
    an_account_starts_so_many_in_an_hour,
    a_deleted_draft_counts_as_started,
);

/// Three of a service, six an hour.
const LIMITS: StartLimits =
    StartLimits { open: 3, each: SignedDuration::from_mins(10), per: SignedDuration::from_hours(1) };
/// Many of a service.
const OFTEN: StartLimits = StartLimits { open: 100, ..LIMITS };

async fn start(storage: &Storage, id: u128, service: &str, limits: StartLimits, now: Timestamp) -> Starting {
    let tx = storage.begin(now).await.unwrap();
    let starting = tx.draft_start_count(ANA, service, limits).await.unwrap();
    if starting == Starting::Allowed {
        let id = ApplicationId(id);
        let new = NewDraft { id, account: ANA, service, version: 1, language: "en", kept_until: day(14) };
        tx.draft_insert(new).await.unwrap();
        tx.commit().await.unwrap();
    }
    starting
}

async fn an_account_has_so_many_drafts_of_a_service(db: TestDatabase) {
    people(&db).await;
    for id in 1..=3 {
        assert_eq!(start(&db.storage, id, "visit-visa", LIMITS, minute(0)).await, Starting::Allowed);
    }
    assert_eq!(start(&db.storage, 4, "visit-visa", LIMITS, minute(0)).await, Starting::TooMany);
    assert_eq!(start(&db.storage, 5, "study", LIMITS, minute(0)).await, Starting::Allowed, "another service");
    let tx = db.storage.begin(minute(1)).await.unwrap();
    assert_eq!(tx.draft_start_count(BO, "visit-visa", LIMITS).await.unwrap(), Starting::Allowed, "another person");
    drop(tx);
    let tx = db.storage.begin(minute(1)).await.unwrap();
    tx.draft_delete(ApplicationId(1), ANA).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(start(&db.storage, 6, "visit-visa", LIMITS, minute(1)).await, Starting::Allowed);
    assert_eq!(start(&db.storage, 7, "visit-visa", LIMITS, day(14)).await, Starting::TooMany, "until they are deleted");
}

async fn the_limit_holds_when_fifty_are_started_at_once(db: TestDatabase) {
    people(&db).await;
    let starts: Vec<_> = (0..50)
        .map(|id| {
            let storage = db.storage.clone();
            tokio::spawn(async move { start(&storage, DRAFT.0 + id, "visit-visa", LIMITS, minute(0)).await })
        })
        .collect();
    let mut started = 0;
    for one in starts {
        started += u32::from(one.await.unwrap() == Starting::Allowed);
    }
    assert_eq!(started, 3);
    assert_eq!(db.number("SELECT count(*) FROM applications").await, 3);
}

async fn an_account_starts_so_many_in_an_hour(db: TestDatabase) {
    people(&db).await;
    for id in 1..=6 {
        assert_eq!(start(&db.storage, id, "visit-visa", OFTEN, minute(0)).await, Starting::Allowed);
    }
    let wait = SignedDuration::from_mins(10);
    assert_eq!(start(&db.storage, 7, "study", OFTEN, minute(0)).await, Starting::TooOften(wait));
    let wait = SignedDuration::from_mins(1);
    assert_eq!(start(&db.storage, 7, "study", OFTEN, minute(9)).await, Starting::TooOften(wait));
    assert_eq!(start(&db.storage, 7, "study", OFTEN, minute(10)).await, Starting::Allowed);
    assert!(matches!(start(&db.storage, 8, "study", OFTEN, minute(10)).await, Starting::TooOften(_)));
    for id in 10..=15 {
        assert_eq!(start(&db.storage, id, "study", OFTEN, minute(200)).await, Starting::Allowed, "all is back");
    }
}

async fn a_deleted_draft_counts_as_started(db: TestDatabase) {
    people(&db).await;
    for id in 1..=6 {
        assert_eq!(start(&db.storage, id, "visit-visa", LIMITS, minute(0)).await, Starting::Allowed);
        let tx = db.storage.begin(minute(0)).await.unwrap();
        tx.draft_delete(ApplicationId(id), ANA).await.unwrap();
        tx.commit().await.unwrap();
    }
    assert!(matches!(start(&db.storage, 7, "visit-visa", LIMITS, minute(0)).await, Starting::TooOften(_)));
}
