use domain::ids::ApplicationId;
use storage::testing::TestDatabase;
use storage::{Slice, StorageError};

use crate::support::{ALL, ANA, BO, DRAFT, ana_with_draft, anas, day, draft, minute, on_both, open, people, save};

on_both!(
    a_draft_is_opened_again_by_its_owner,
    nobody_else_opens_or_saves_a_draft,
    a_save_on_top_of_an_older_version_is_refused,
    fifty_windows_save_at_once_and_lose_nothing,
    a_save_counts_as_activity,
    a_list_shows_what_the_account_has,
    a_list_reads_what_is_typed_in_a_draft_of_ones_own_unless_it_is_very_much,
    the_drafts_of_a_service_are_ones_own_newest,
    a_transaction_that_is_dropped_leaves_nothing,
);

async fn a_draft_is_opened_again_by_its_owner(db: TestDatabase) {
    ana_with_draft(&db).await;
    let new = anas(&db).await;
    assert_eq!((new.service.as_str(), new.version, new.language.as_str(), new.row_version), ("visit-visa", 3, "sv", 0));
    assert!(new.stored.answers.is_empty() && new.page.is_empty() && new.submitted.is_none());
    let opened = open(&db, "ana").await.unwrap();
    assert_eq!(save(&db.storage, &opened, "passport.number", "AB1234567", minute(2)).await.unwrap(), 1);
    let again = anas(&db).await;
    assert_eq!(again.stored.answers.text("passport.number"), "AB1234567");
    assert_eq!((again.page.as_str(), again.row_version, again.stored.revision.0), ("passport", 1, 1));
    assert!(again.tried.contains("passport"));
    assert_eq!((again.started, again.saved), (minute(0), minute(2)));
    assert_eq!(again.kept_until, minute(14 * 24 * 60 + 2));
}

async fn nobody_else_opens_or_saves_a_draft(db: TestDatabase) {
    ana_with_draft(&db).await;
    let bos = open(&db, "bo").await.unwrap();
    assert!(bos.session.account == BO && bos.application.is_none());
    assert!(open(&db, "nobody").await.is_none());
    let missing = db.storage.draft_open("ana", ApplicationId(1), minute(1)).await.unwrap().unwrap();
    assert!(missing.application.is_none());
    let mut forged = open(&db, "ana").await.unwrap();
    forged.session = bos.session;
    let error = save(&db.storage, &forged, "passport.number", "X", minute(1)).await.unwrap_err();
    assert!(matches!(error, StorageError::Conflict), "{error:?}");
    let tx = db.storage.begin(minute(1)).await.unwrap();
    assert!(!tx.draft_delete(DRAFT, BO).await.unwrap());
    tx.commit().await.unwrap();
    assert!(anas(&db).await.stored.answers.is_empty());
}

async fn a_save_on_top_of_an_older_version_is_refused(db: TestDatabase) {
    ana_with_draft(&db).await;
    let (one, other) = (open(&db, "ana").await.unwrap(), open(&db, "ana").await.unwrap());
    save(&db.storage, &one, "name", "Ana", minute(1)).await.unwrap();
    let error = save(&db.storage, &other, "name", "Anna", minute(1)).await.unwrap_err();
    assert!(matches!(error, StorageError::Conflict), "{error:?}");
    assert_eq!(anas(&db).await.stored.answers.text("name"), "Ana");
}

async fn fifty_windows_save_at_once_and_lose_nothing(db: TestDatabase) {
    ana_with_draft(&db).await;
    let windows: Vec<_> = (0..50)
        .map(|window| {
            let storage = db.storage.clone();
            tokio::spawn(async move {
                loop {
                    let opened = storage.draft_open("ana", DRAFT, minute(1)).await.unwrap().unwrap();
                    match save(&storage, &opened, &format!("field{window}"), "typed", minute(2)).await {
                        Ok(_) => return,
                        Err(StorageError::Conflict) => {}
                        Err(error) => panic!("{error:?}"),
                    }
                }
            })
        })
        .collect();
    for window in windows {
        window.await.unwrap();
    }
    let draft = anas(&db).await;
    assert_eq!(draft.row_version, 50);
    assert!((0..50).all(|window| draft.stored.answers.text(&format!("field{window}")) == "typed"));
}

async fn a_save_counts_as_activity(db: TestDatabase) {
    ana_with_draft(&db).await;
    let opened = open(&db, "ana").await.unwrap();
    save(&db.storage, &opened, "name", "Ana", minute(7)).await.unwrap();
    assert_eq!(open(&db, "ana").await.unwrap().session.last_activity, minute(7));
}

async fn a_list_shows_what_the_account_has(db: TestDatabase) {
    ana_with_draft(&db).await;
    draft(&db, ApplicationId(0xe), BO, day(14)).await;
    assert!(db.storage.applications_of(ANA, ALL).await.unwrap().is_empty(), "it is no application yet");
    let list = db.storage.drafts_of(ANA, ALL).await.unwrap();
    assert_eq!(list.iter().map(|one| one.id).collect::<Vec<_>>(), [DRAFT]);
    assert_eq!((list[0].account, list[0].kept_until, list[0].submitted), (ANA, day(14), None));
}

async fn a_list_reads_what_is_typed_in_a_draft_of_ones_own_unless_it_is_very_much(db: TestDatabase) {
    ana_with_draft(&db).await;
    let typed = async |account| db.storage.draft_glimpse(account, DRAFT).await.unwrap();
    assert!(typed(ANA).await.unwrap().is_empty());
    save(&db.storage, &open(&db, "ana").await.unwrap(), "name", "Ana", minute(2)).await.unwrap();
    assert_eq!(typed(ANA).await.unwrap().text("name"), "Ana");
    assert!(typed(BO).await.is_none());
    assert!(db.storage.draft_glimpse(ANA, ApplicationId(1)).await.unwrap().is_none());
    let long = "å".repeat(140_000);
    save(&db.storage, &open(&db, "ana").await.unwrap(), "detail", &long, minute(3)).await.unwrap();
    assert!(typed(ANA).await.is_none());
}

async fn the_drafts_of_a_service_are_ones_own_newest(db: TestDatabase) {
    ana_with_draft(&db).await;
    draft(&db, ApplicationId(0xe), ANA, day(14)).await;
    draft(&db, ApplicationId(0xf), BO, day(14)).await;
    let listed = async |service, limit| {
        let drafts = db.storage.drafts_of_service(ANA, service, Slice { offset: 0, limit }).await.unwrap();
        drafts.into_iter().map(|draft| draft.id).collect::<Vec<_>>()
    };
    assert_eq!(listed("visit-visa", 9).await, [ApplicationId(0xe), DRAFT]);
    assert_eq!(listed("visit-visa", 1).await, [ApplicationId(0xe)]);
    assert!(listed("citizenship", 9).await.is_empty());
}

async fn a_transaction_that_is_dropped_leaves_nothing(db: TestDatabase) {
    people(&db).await;
    let tx = db.storage.begin(minute(1)).await.unwrap();
    tx.session_delete("ana").await.unwrap();
    drop(tx);
    assert!(db.storage.session_find("ana", minute(1)).await.unwrap().is_some());
    let tx = db.storage.begin(minute(1)).await.unwrap();
    tx.session_delete("ana").await.unwrap();
    tx.commit().await.unwrap();
}
