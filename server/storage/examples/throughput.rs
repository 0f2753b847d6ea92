//! Prints how many drafts are opened and durably saved a second.
//!
//! `cargo run --release -p storage --example throughput [DATABASE-URL]`; without an address on a
//! SQLite file in the present folder, which is removed afterwards.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, UNIX_EPOCH};

use domain::ids::{AccountId, ApplicationId};
use domain::merge::Stored;
use jiff::{SignedDuration, Timestamp};
use storage::accounts::NewAccount;
use storage::applications::{DraftSave, NewDraft};
use storage::sessions::NewSession;
use storage::testing::seeded_random;
use storage::{Keys, Pools, Storage};

const PEOPLE: u64 = 64;
const RUN: Duration = Duration::from_secs(5);

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    match std::env::args().nth(1) {
        Some(url) => measure(&url).await,
        None => {
            let folder = tempfile::tempdir_in(".")?;
            measure(&format!("sqlite:{}/lodge.db", folder.path().display())).await
        }
    }
}

async fn measure(url: &str) -> Result<(), Failure> {
    let storage = Storage::connect(url, Keys::new([7; 32]), seeded_random(7), Pools::default()).await?;
    storage.migrate().await?;
    let start = u128::try_from(now()?.as_nanosecond())? << 32;
    prepare(&storage, start).await?;
    let opened = each(&storage, start, |storage, token, id| async move {
        let now = now()?;
        storage.draft_open(&token, id, now).await?.and_then(|opened| opened.application).ok_or("not opened")?;
        Ok(())
    });
    println!("draft_open: {:.0} a second", opened.await?);
    let saved = each(&storage, start, |storage, token, id| async move { save(&storage, &token, id).await });
    println!("draft_open and draft_save: {:.0} a second", saved.await?);
    storage.close().await?;
    Ok(())
}

fn now() -> Result<Timestamp, Failure> {
    let millis = i64::try_from(UNIX_EPOCH.elapsed()?.as_millis())?;
    Timestamp::from_millisecond(millis).map_err(|error| error.to_string().into())
}

/// People with a session and a half filled-in draft each.
async fn prepare(storage: &Storage, start: u128) -> Result<(), Failure> {
    let now = now()?;
    for person in 0..PEOPLE {
        let account = AccountId(start + u128::from(person));
        let token = format!("{account}");
        let tx = storage.begin(now).await?;
        let email = format!("{account}@example.org");
        tx.account_insert(NewAccount { id: account, email: &email, password_hash: "$", language: "en" }).await?;
        let absolute_end = now + SignedDuration::from_hours(12);
        tx.session_insert(NewSession { token: &token, account, epoch: 1, absolute_end }).await?;
        let (id, kept_until) = (ApplicationId(account.0), now + SignedDuration::from_hours(24 * 14));
        let new = NewDraft { id, account, service: "visit-visa", version: 1, language: "en", kept_until };
        tx.draft_insert(new).await?;
        tx.commit().await?;
        save(storage, &token, id).await?;
    }
    Ok(())
}

/// Opens a draft and saves it with sixty answers.
async fn save(storage: &Storage, token: &str, id: ApplicationId) -> Result<(), Failure> {
    let now = now()?;
    let opened = storage.draft_open(token, id, now).await?.ok_or("no session")?;
    let application = opened.application.ok_or("no draft")?;
    let mut stored: Stored = application.stored.clone();
    for question in 0..60 {
        let text = format!("an answer of usual length, {}", application.row_version % 2);
        stored.answers.set(&format!("page.question-{question}"), &text);
    }
    let tried = BTreeSet::from(["passport".to_owned()]);
    let save = DraftSave { stored: &stored, tried: &tried, page: "passport", kept_until: application.kept_until };
    storage.draft_save(&opened.session, &application, save, now).await?;
    Ok(())
}

/// Lets everybody do the same over and over; answers how often it was done a second.
async fn each<F, W>(storage: &Storage, start: u128, work: F) -> Result<f64, Failure>
where
    F: Fn(Storage, String, ApplicationId) -> W + Copy + Send + 'static,
    W: Future<Output = Result<(), Failure>> + Send,
{
    let done = Arc::new(AtomicU64::new(0));
    let begun = Instant::now();
    let people: Vec<_> = (0..PEOPLE)
        .map(|person| {
            let (storage, done) = (storage.clone(), done.clone());
            let id = ApplicationId(start + u128::from(person));
            tokio::spawn(async move {
                while begun.elapsed() < RUN {
                    work(storage.clone(), id.to_string(), id).await?;
                    done.fetch_add(1, Ordering::Relaxed);
                }
                Ok::<(), Failure>(())
            })
        })
        .collect();
    for person in people {
        person.await??;
    }
    Ok(done.load(Ordering::Relaxed) as f64 / begun.elapsed().as_secs_f64())
}
