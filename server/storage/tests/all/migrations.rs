use storage::testing::TestDatabase;

use crate::support::{ana_with_draft, anas, on_both};

on_both!(the_schema_goes_up_down_and_up, several_servers_migrate_at_once);

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
