//! What the tests share.

use std::collections::BTreeSet;

use domain::ids::{AccountId, ApplicationId};
use domain::merge::Stored;
use jiff::{SignedDuration, Timestamp};
use storage::accounts::NewAccount;
use storage::applications::{Application, DraftSave, NewDraft, Opened};
use storage::sessions::NewSession;
use storage::testing::TestDatabase;
use storage::{Slice, Storage, StorageError};

/// Makes each function a test on both databases.
macro_rules! on_both {
    ($($test:ident),* $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                super::$test(storage::testing::TestDatabase::sqlite().await).await;
            })*
        }
        mod on_postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                super::$test(storage::testing::TestDatabase::postgres().await).await;
            })*
        }
    };
}
pub(crate) use on_both;

pub const ANA: AccountId = AccountId(0xa);
pub const BO: AccountId = AccountId(0xb);
pub const DRAFT: ApplicationId = ApplicationId(0xd);

/// All of a list.
pub const ALL: Slice = Slice { offset: 0, limit: 1_000 };

/// 1 June 2026, noon, and some minutes.
pub fn minute(minutes: i64) -> Timestamp {
    Timestamp::from_second(1_780_315_200 + 60 * minutes).unwrap()
}

pub fn day(days: i64) -> Timestamp {
    minute(days * 24 * 60)
}

/// Ana and Bo, each logged in with the token of her or his name.
pub async fn people(db: &TestDatabase) {
    for (id, name) in [(ANA, "ana"), (BO, "bo")] {
        let tx = db.storage.begin(minute(0)).await.unwrap();
        let email = format!("{name}@example.org");
        tx.account_insert(NewAccount { id, email: &email, password_hash: "$argon2id$1", language: "sv" })
            .await
            .unwrap();
        tx.session_insert(session(id, name)).await.unwrap();
        tx.commit().await.unwrap();
    }
}

pub fn session(account: AccountId, token: &str) -> NewSession<'_> {
    NewSession { token, account, epoch: 1, absolute_end: minute(0) + SignedDuration::from_hours(12) }
}

pub async fn draft(db: &TestDatabase, id: ApplicationId, account: AccountId, kept_until: Timestamp) {
    let tx = db.storage.begin(minute(0)).await.unwrap();
    let new = NewDraft { id, account, service: "visit-visa", version: 3, language: "sv", kept_until };
    tx.draft_insert(new).await.unwrap();
    tx.commit().await.unwrap();
}

/// Ana, Bo and a draft of Ana's, kept for 14 days.
pub async fn ana_with_draft(db: &TestDatabase) {
    people(db).await;
    draft(db, DRAFT, ANA, day(14)).await;
}

pub async fn open(db: &TestDatabase, token: &str) -> Option<Opened> {
    db.storage.draft_open(token, DRAFT, minute(1)).await.unwrap()
}

/// The draft as Ana opens it.
pub async fn anas(db: &TestDatabase) -> Application {
    open(db, "ana").await.unwrap().application.unwrap()
}

/// Writes `text` into `field` on top of what was opened.
pub async fn save(
    storage: &Storage,
    opened: &Opened,
    field: &str,
    text: &str,
    now: Timestamp,
) -> Result<u32, StorageError> {
    let application = opened.application.as_ref().unwrap();
    let mut stored: Stored = application.stored.clone();
    stored.answers.set(field, text);
    stored.revision.0 += 1;
    let tried = BTreeSet::from(["passport".to_owned()]);
    let kept_until = now + SignedDuration::from_hours(24 * 14);
    let save = DraftSave { stored: &stored, tried: &tried, page: "passport", kept_until };
    storage.draft_save(&opened.session, application, save, now).await
}
