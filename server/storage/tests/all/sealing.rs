use domain::ids::ApplicationId;
use storage::StorageError;
use storage::messages::{Channel, NewMessage, Urgency};
use storage::registrations::NewRegistration;
use storage::testing::TestDatabase;

use crate::support::{ANA, DRAFT, ana_with_draft, day, draft, minute, on_both, open, save};

on_both!(
    answers_moved_to_another_draft_do_not_open,
    answers_put_back_from_an_older_version_do_not_open,
    nothing_opens_under_another_root_key,
);

const CANARY: &str = "canary-7f3a";

fn is_corrupt<T>(result: Result<T, StorageError>) -> bool {
    matches!(result, Err(StorageError::Corrupt(_)))
}

async fn answers_moved_to_another_draft_do_not_open(db: TestDatabase) {
    ana_with_draft(&db).await;
    let other = ApplicationId(0xe);
    draft(&db, other, ANA, day(14)).await;
    let from = format!("FROM applications source WHERE source.id = '{DRAFT}'");
    for columns in ["answers = (SELECT answers {})", "data_key = (SELECT data_key {}), answers = (SELECT answers {})"] {
        let set = columns.replace("{}", &from);
        db.tamper(&format!("UPDATE applications SET {set} WHERE id = '{other}'")).await.unwrap();
        assert!(is_corrupt(db.storage.draft_open("ana", other, minute(1)).await), "{columns}");
    }
    assert!(open(&db, "ana").await.unwrap().application.is_some());
}

async fn answers_put_back_from_an_older_version_do_not_open(db: TestDatabase) {
    ana_with_draft(&db).await;
    db.tamper("CREATE TABLE kept AS SELECT answers FROM applications").await.unwrap();
    let opened = open(&db, "ana").await.unwrap();
    save(&db.storage, &opened, "name", "Ana", minute(1)).await.unwrap();
    db.tamper("UPDATE applications SET answers = (SELECT answers FROM kept)").await.unwrap();
    assert!(is_corrupt(db.storage.draft_open("ana", DRAFT, minute(1)).await));
}

async fn nothing_opens_under_another_root_key(db: TestDatabase) {
    ana_with_draft(&db).await;
    let other = db.under_root_key([1; 32]).await;
    assert!(is_corrupt(other.session_find("ana", minute(1)).await));
    assert!(is_corrupt(other.account_find(ANA).await));
    assert!(other.account_by_email("ana@example.org").await.unwrap().is_none());
}

/// Writes the canary everywhere where personal data or a secret may go.
async fn write_canaries(db: &TestDatabase) {
    ana_with_draft(db).await;
    let opened = open(db, "ana").await.unwrap();
    save(&db.storage, &opened, "passport.number", CANARY, minute(2)).await.unwrap();
    let tx = db.storage.begin(minute(3)).await.unwrap();
    tx.registration_insert(NewRegistration {
        pending: CANARY,
        email: CANARY,
        password_hash: "$argon2id$1",
        language: "en",
        existing: false,
        code: CANARY,
        code_expires: day(1),
        tries: 5,
    })
    .await
    .unwrap();
    tx.device_insert(CANARY, ANA).await.unwrap();
    tx.message_add(NewMessage {
        account: Some(ANA),
        application: None,
        channel: Channel::Mail,
        template: "code",
        recipient: CANARY,
        subject: CANARY,
        text: CANARY,
        html: CANARY,
        language: "en",
        domain: "lodge.example",
        due: minute(3),
        dedupe_key: None,
        urgency: Urgency::Ordinary,
    })
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_people_typed_is_nowhere_in_the_files() {
    let db = TestDatabase::sqlite().await;
    write_canaries(&db).await;
    // Written in the clear, it is found: the search works.
    db.tamper("UPDATE applications SET page = 'clear-text-page'").await.unwrap();
    let contents: Vec<Vec<u8>> = db.files().iter().map(|file| std::fs::read(file).unwrap()).collect();
    let holds = |text: &str| contents.iter().any(|bytes| bytes.windows(text.len()).any(|part| part == text.as_bytes()));
    assert!(contents.len() >= 2 && holds("clear-text-page"));
    assert!(!holds(CANARY) && !holds("ana@example.org"));
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn only_the_owner_may_read_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let db = TestDatabase::sqlite().await;
    for file in db.files() {
        let mode = std::fs::metadata(&file).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{}", file.display());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_people_typed_is_in_no_table_of_postgres() {
    let db = TestDatabase::postgres().await;
    write_canaries(&db).await;
    let hex: String = CANARY.bytes().map(|byte| format!("{byte:02x}")).collect();
    for table in ["accounts", "sessions", "devices", "registrations", "tokens", "applications", "messages", "audit"] {
        let found = format!("SELECT COUNT(*) FROM {table} t WHERE t::text LIKE '%{CANARY}%' OR t::text LIKE '%{hex}%'");
        assert_eq!(db.number(&found).await, 0, "{table}");
    }
    assert_eq!(db.number("SELECT COUNT(*) FROM applications t WHERE t::text LIKE '%passport%'").await, 1);
}
