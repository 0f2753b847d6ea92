use domain::ids::ApplicationId;
use domain::state::FeeState;
use domain::verification_number::VerificationNumber;
use storage::applications::{Application, Due, HandedOver, Reminder, Step, Submission};
use storage::testing::TestDatabase;
use storage::{Storage, StorageError};

use crate::support::{ALL, ANA, DRAFT, ana_with_draft, anas, day, draft, minute, on_both, open, save};

on_both!(
    a_submitted_application_is_locked,
    the_database_itself_refuses_to_change_what_was_submitted,
    fifty_submits_at_once_give_one_number,
    a_number_is_given_once,
    a_save_that_comes_too_late_is_refused,
);

pub async fn submit(storage: &Storage, application: &Application, number: u32) -> Result<(), StorageError> {
    let tx = storage.begin(minute(5)).await?;
    let answers = [("name".to_owned(), "Ana".to_owned())].into_iter().collect();
    let number = VerificationNumber::from_random(number);
    tx.application_submit(application, Submission { answers: &answers, number, fee: FeeState::ToBeInvoiced }).await?;
    tx.commit().await
}

async fn a_submitted_application_is_locked(db: TestDatabase) {
    ana_with_draft(&db).await;
    let opened = open(&db, "ana").await.unwrap();
    save(&db.storage, &opened, "hidden", "not asked in the end", minute(2)).await.unwrap();
    submit(&db.storage, &anas(&db).await, 4711).await.unwrap();
    let submitted = anas(&db).await;
    let number = VerificationNumber::from_random(4711);
    let proof = submitted.submitted.unwrap();
    assert_eq!((proof.number, proof.at, proof.fee), (number, minute(5), FeeState::ToBeInvoiced));
    assert_eq!(submitted.stored.answers.iter().collect::<Vec<_>>(), [("name", "Ana")]);
    assert_eq!(db.storage.applications_of(ANA, ALL).await.unwrap()[0].submitted, Some(proof));
    let again = open(&db, "ana").await.unwrap();
    assert!(matches!(save(&db.storage, &again, "name", "X", minute(6)).await, Err(StorageError::Conflict)));
    assert!(matches!(submit(&db.storage, &submitted, 4712).await, Err(StorageError::Conflict)));
    let tx = db.storage.begin(day(99)).await.unwrap();
    assert!(!tx.draft_delete(DRAFT, ANA).await.unwrap());
    let summary = &db.storage.applications_of(ANA, ALL).await.unwrap()[0];
    assert!(!tx.draft_expire(summary).await.unwrap());
    for step in [Step::Remind(Reminder::Week), Step::Delete] {
        let due = Due { step, by: day(99), handed_over: HandedOver::WhenQueued };
        assert!(db.storage.drafts_due(due, None, 10).await.unwrap().is_empty());
    }
}

async fn the_database_itself_refuses_to_change_what_was_submitted(db: TestDatabase) {
    ana_with_draft(&db).await;
    assert_eq!(db.tamper("UPDATE applications SET page = 'x'").await, Ok(1), "a draft may be changed");
    submit(&db.storage, &anas(&db).await, 4711).await.unwrap();
    for sql in [
        "UPDATE applications SET page = 'y'",
        "UPDATE applications SET kept_until = 0",
        "UPDATE applications SET state = 'draft', submitted_at = NULL, verification_number = NULL, fee_state = NULL",
        "DELETE FROM applications",
        "DELETE FROM accounts",
    ] {
        let refusal = db.tamper(sql).await.expect_err(sql);
        assert!(refusal.contains("locked") || refusal.contains("constraint"), "{sql}: {refusal}");
    }
    assert_eq!(anas(&db).await.stored.answers.text("name"), "Ana");
}

async fn fifty_submits_at_once_give_one_number(db: TestDatabase) {
    ana_with_draft(&db).await;
    let application = anas(&db).await;
    let submits: Vec<_> = (0..50)
        .map(|number| {
            let (storage, application) = (db.storage.clone(), application.clone());
            tokio::spawn(async move { submit(&storage, &application, number).await })
        })
        .collect();
    let mut done = 0;
    for one in submits {
        match one.await.unwrap() {
            Ok(()) => done += 1,
            Err(error) => assert!(matches!(error, StorageError::Conflict), "{error:?}"),
        }
    }
    assert_eq!(done, 1);
}

async fn a_number_is_given_once(db: TestDatabase) {
    ana_with_draft(&db).await;
    let other = ApplicationId(0xe);
    draft(&db, other, ANA, day(14)).await;
    submit(&db.storage, &anas(&db).await, 4711).await.unwrap();
    let second = db.storage.draft_open("ana", other, minute(1)).await.unwrap().unwrap().application.unwrap();
    assert!(matches!(submit(&db.storage, &second, 4711).await, Err(StorageError::Taken)));
    submit(&db.storage, &second, 4712).await.unwrap();
}

async fn a_save_that_comes_too_late_is_refused(db: TestDatabase) {
    ana_with_draft(&db).await;
    let opened = open(&db, "ana").await.unwrap();
    submit(&db.storage, &anas(&db).await, 4711).await.unwrap();
    let error = save(&db.storage, &opened, "name", "X", minute(6)).await.unwrap_err();
    assert!(matches!(error, StorageError::Conflict), "{error:?}");
}
