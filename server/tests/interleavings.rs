//! Windows on one draft over a network that loses, delays and repeats, in random order, on the
//! real storage: no text goes before the window that replaces it has shown it.
//!
//! `LODGE_CASES=1000` tries so many orders; without it, fewer.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

use std::time::Instant;

use backend::accounts::{Accounts, Entry, LoggedIn};
use backend::drafts::{Drafts, Save};
use backend::session::{Client, SessionToken};
use domain::ids::ApplicationId;
use domain::merge::{Changes, Stored};
use harness::people::{PASSWORD, registered};
use harness::{Site, Start};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use windows::{Act, run};

#[expect(dead_code, unused_macros, unused_imports, reason = "the other tests use more of it")]
#[path = "http/harness/mod.rs"]
mod harness;
#[path = "../../app/domain/tests/windows/mod.rs"]
mod windows;

fn cases() -> u32 {
    std::env::var("LODGE_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(100)
}

/// One person's way into the flows.
struct Desk {
    site: Site,
    session: SessionToken,
}

impl Desk {
    async fn of(site: Site) -> Self {
        registered(&site, "elif@example.com").await;
        let client = Client { address: "127.0.0.1".parse().unwrap(), device: None, session: None };
        let entered = site.work.accounts.log_in("elif@example.com", PASSWORD, "en", &client).await;
        let Entry::LoggedIn(LoggedIn { session, .. }) = entered.unwrap() else { panic!("a code is needed") };
        Self { site, session }
    }

    async fn draft(&self) -> ApplicationId {
        self.site.work.drafts.draft_start(&self.session, "visit-visa", "en").await.unwrap()
    }

    async fn save(&self, id: ApplicationId, changes: &Changes) -> Stored {
        let save = Save { page: "start".to_owned(), changes: changes.clone(), ..Save::default() };
        self.site.work.drafts.draft_save(&self.session, id, save).await.unwrap().stored
    }
}

fn every_order(start: impl Future<Output = Start>) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let start =
        async { start.await.with("LODGE_DRAFTS_PER_SERVICE", "100000").with("LODGE_DRAFTS_PER_HOUR", "100000") };
    let desk = runtime.block_on(async { Desk::of(start.await.go().await).await });
    let library = forms::Library::embedded().unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let form = library.newest("visit-visa").expect("the form of the drafts");
    let begin = Instant::now();
    let mut runner = TestRunner::new(Config { cases: cases(), failure_persistence: None, ..Config::default() });
    let orders = prop::collection::vec(any::<[u8; 4]>(), 1..40);
    let result = runner.run(&orders, |bytes| {
        let acts: Vec<Act> = bytes.into_iter().map(Act::from_bytes).collect();
        let id = runtime.block_on(desk.draft());
        let mut save = |changes: &Changes| runtime.block_on(desk.save(id, changes));
        run(&acts, &form, &mut save).map_err(TestCaseError::fail)
    });
    result.unwrap_or_else(|error| panic!("{error}"));
    println!("{} orders of events, nothing lost, in {:?}", cases(), begin.elapsed());
}

#[test]
fn no_order_of_events_loses_a_text_on_sqlite() {
    every_order(Start::on_sqlite());
}

#[test]
fn no_order_of_events_loses_a_text_on_postgres() {
    every_order(Start::on_postgres());
}
