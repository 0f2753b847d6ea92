use storage::Schema;
use storage::testing::TestDatabase;

use crate::support::{ana_with_draft, anas, on_both};

on_both!(
    the_schema_goes_up_down_and_up,
    several_servers_migrate_at_once,
    a_step_of_a_newer_version_that_only_adds_is_passed_over,
    a_schema_that_only_newer_versions_understand_is_refused,
    looking_at_the_schema_makes_nothing,
);

async fn the_schema_goes_up_down_and_up(db: TestDatabase) {
    ana_with_draft(&db).await;
    db.storage.migrate().await.unwrap();
    assert_eq!(anas(&db).await.service, "visit-visa", "migrating again changes nothing");
    db.storage.migrate_down().await.unwrap();
    assert!(db.tamper("SELECT * FROM accounts").await.is_err());
    db.storage.migrate().await.unwrap();
    ana_with_draft(&db).await;
    db.storage.ping().await.unwrap();
}

async fn several_servers_migrate_at_once(db: TestDatabase) {
    db.storage.migrate_down().await.unwrap();
    let servers = [db.storage.clone(), db.storage.clone(), db.storage.clone()];
    let [a, b, c] = servers.each_ref().map(storage::Storage::migrate);
    let (a, b, c) = tokio::join!(a, b, c);
    a.and(b).and(c).unwrap();
}

const NEWER_STEP: &str = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_newer', 0)";

async fn a_step_of_a_newer_version_that_only_adds_is_passed_over(db: TestDatabase) {
    db.tamper(NEWER_STEP).await.unwrap();
    db.storage.migrate().await.unwrap();
    assert_eq!(db.storage.schema().await.unwrap(), Schema::Ready);
    ana_with_draft(&db).await;
}

async fn a_schema_that_only_newer_versions_understand_is_refused(db: TestDatabase) {
    db.tamper(NEWER_STEP).await.unwrap();
    db.tamper("UPDATE installation SET oldest_step = 9999").await.unwrap();
    for refused in [db.storage.migrate().await, db.storage.schema().await.map(drop)] {
        let error = refused.unwrap_err();
        assert!(matches!(error, storage::StorageError::Unsupported(_)), "{error:?}");
        assert!(error.to_string().contains("needs step 9999"), "{error}");
        assert!(error.to_string().contains("start the newer version"), "{error}");
    }
}

async fn looking_at_the_schema_makes_nothing(db: TestDatabase) {
    assert_eq!(db.storage.schema().await.unwrap(), Schema::Ready);
    db.storage.migrate_down().await.unwrap();
    db.tamper("DROP TABLE seaql_migrations").await.unwrap();
    let keys = storage::Keys::new(storage::testing::ROOT_KEY);
    let random = storage::testing::seeded_random(2);
    let reader = storage::Storage::connect_to_read(&db.url, keys, random, storage::Pools::default()).await.unwrap();
    assert_eq!(reader.schema().await.unwrap(), Schema::Missing);
    reader.key_check().await.unwrap();
    let error = reader.migrate().await.unwrap_err();
    assert!(error.to_string().to_lowercase().contains("read"), "{error}");
    assert_eq!(db.storage.schema().await.unwrap(), Schema::Missing);
}

#[tokio::test]
async fn an_address_that_is_neither_database_is_refused_without_being_repeated() {
    for url in ["mysql://root:hunter2@localhost", "sqlite:", "sqlite::memory:", "postgres://:hunter2@:x/"] {
        let keys = storage::Keys::new(storage::testing::ROOT_KEY);
        let opened =
            storage::Storage::connect(url, keys, storage::testing::seeded_random(2), storage::Pools::default()).await;
        let error = opened.expect_err(url);
        assert!(matches!(error, storage::StorageError::Unsupported(_)), "{url}: {error:?}");
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }
}
