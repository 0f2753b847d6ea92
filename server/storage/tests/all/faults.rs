use std::time::Duration;

use storage::StorageError;
use storage::testing::TestDatabase;

use crate::support::{BO, ana_with_draft, anas, minute, on_both, open, people, save, session};

on_both!(a_person_who_hangs_up_leaves_the_writer_free, a_closed_database_is_unavailable);

async fn a_person_who_hangs_up_leaves_the_writer_free(db: TestDatabase) {
    ana_with_draft(&db).await;
    for pause in 0..60 {
        let storage = db.storage.clone();
        let opened = open(&db, "ana").await.unwrap();
        let flow = tokio::spawn(async move {
            let tx = storage.begin(minute(1)).await.unwrap();
            tx.wrong_tries_add(BO).await.unwrap();
            tx.session_delete("bo").await.unwrap();
            tx.session_insert(session(BO, "bo")).await.unwrap();
            tx.commit().await.unwrap();
            let _ = save(&storage, &opened, "name", "Ana", minute(1)).await;
        });
        tokio::time::sleep(Duration::from_micros(pause * 100)).await;
        flow.abort();
        let _ = flow.await;
        let free = tokio::time::timeout(Duration::from_secs(10), db.storage.begin(minute(1))).await;
        drop(free.expect("the writer is free").unwrap());
        assert!(db.storage.session_find("bo", minute(1)).await.unwrap().is_some(), "all or nothing");
    }
}

async fn a_closed_database_is_unavailable(db: TestDatabase) {
    ana_with_draft(&db).await;
    let opened = open(&db, "ana").await.unwrap();
    db.storage.close().await.unwrap();
    let errors = [
        db.storage.ping().await.unwrap_err(),
        db.storage.session_find("ana", minute(1)).await.unwrap_err(),
        db.storage.begin(minute(1)).await.map(drop).unwrap_err(),
        save(&db.storage, &opened, "name", "Ana", minute(1)).await.unwrap_err(),
    ];
    assert!(errors.iter().all(|error| matches!(error, StorageError::Unavailable(_))), "{errors:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_full_disk_saving_goes_on() {
    let db = TestDatabase::sqlite().await;
    ana_with_draft(&db).await;
    let opened = open(&db, "ana").await.unwrap();
    let pages = db.number("PRAGMA page_count").await;
    db.tamper(&format!("PRAGMA max_page_count = {pages}")).await.unwrap();
    let long = "x".repeat(100_000);
    let error = save(&db.storage, &opened, "story", &long, minute(1)).await.unwrap_err();
    assert!(matches!(error, StorageError::Unavailable(_)), "{error:?}");
    assert!(anas(&db).await.stored.answers.is_empty(), "reading goes on");
    db.tamper("PRAGMA max_page_count = 1000000").await.unwrap();
    save(&db.storage, &opened, "story", &long, minute(1)).await.unwrap();
    assert_eq!(anas(&db).await.stored.answers.text("story"), long);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_lost_connections_postgres_is_found_again() {
    let db = TestDatabase::postgres().await;
    people(&db).await;
    let _ =
        db.tamper("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()").await;
    // Each connection may be found dead once.
    for _ in 0..20 {
        match db.storage.session_find("ana", minute(1)).await {
            Ok(found) => assert!(found.is_some()),
            Err(error) => assert!(matches!(error, StorageError::Unavailable(_)), "{error:?}"),
        }
    }
    assert!(db.storage.session_find("ana", minute(1)).await.unwrap().is_some());
    db.storage.begin(minute(1)).await.unwrap().commit().await.unwrap();
}
