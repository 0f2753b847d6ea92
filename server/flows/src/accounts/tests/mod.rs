//! The flows on a database of their own, with a clock that the test moves.

mod log_in;
mod log_in_code;
mod register;
mod reset;
mod session;

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use backend::accounts::{Accounts, Entry, LogInError, LoggedIn, Registration};
use backend::session::{Client, PendingToken};
use jiff::tz::TimeZone;
use ports::testing::{TestClock, TestRandom};
use storage::messages::Message;
use storage::testing::TestDatabase;

use super::{AccountFlows, AccountSettings};
use crate::mail::Post;

const ANA: &str = "ana@example.org";
const PASSWORD: &str = "granite pillow seventeen";
const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);

struct World {
    db: TestDatabase,
    clock: Arc<TestClock>,
    random: Arc<TestRandom>,
    flows: Arc<AccountFlows>,
}

impl World {
    async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// With limits so high that only the tests about limits meet them.
    async fn without_limits() -> Self {
        Self::with(lift_limits).await
    }

    async fn with(change: impl FnOnce(&mut AccountSettings)) -> Self {
        let mut settings = AccountSettings::default();
        change(&mut settings);
        let db = TestDatabase::sqlite().await;
        let clock = Arc::new(TestClock::default());
        let post = Post::new("https://apply.example.org");
        let random = Arc::new(TestRandom::default());
        let flows = AccountFlows::new(db.storage.clone(), clock.clone(), random.clone(), post, TimeZone::UTC, settings);
        Self { db, clock, random, flows: Arc::new(flows) }
    }

    fn wait(&self, time: Duration) {
        self.clock.advance(time);
    }

    async fn register(&self, email: &str, password: &str) -> PendingToken {
        // Messages are told apart by the time at which they were written.
        self.wait(Duration::from_millis(1));
        self.flows.register(registration(email, password), &client()).await.unwrap()
    }

    /// Registers, confirms and waits until nothing of it counts for a limit any more.
    async fn account(&self, email: &str) -> LoggedIn {
        let pending = self.register(email, PASSWORD).await;
        let code = self.newest_code().await;
        let entered = self.flows.register_confirm(&pending, &code, &client()).await.unwrap();
        self.wait(MINUTE);
        entered
    }

    async fn mails(&self) -> Vec<Message> {
        self.db.storage.messages_all(1_000).await.unwrap()
    }

    async fn newest_mail(&self) -> Message {
        self.mails().await.into_iter().next().unwrap()
    }

    async fn newest_code(&self) -> String {
        let mail = self.newest_mail().await;
        assert!(["code", "log-in-code"].contains(&mail.template.as_str()), "{}", mail.template);
        let is_code = |line: &&str| line.len() == 6 && line.bytes().all(|byte| byte.is_ascii_digit());
        mail.text.lines().find(is_code).unwrap().to_owned()
    }

    /// The secret of the newest link for a new password.
    async fn newest_reset_token(&self) -> String {
        let mail = self.newest_mail().await;
        assert_eq!(mail.template, "reset");
        let link = mail.text.lines().find(|line| line.starts_with("https://")).unwrap();
        link.strip_prefix("https://apply.example.org/reset/").unwrap().to_owned()
    }

    async fn log_in(&self, email: &str, password: &str) -> Result<LoggedIn, LogInError> {
        self.log_in_from(email, password, &client()).await
    }

    /// Where no code is needed.
    async fn log_in_from(&self, email: &str, password: &str, client: &Client) -> Result<LoggedIn, LogInError> {
        match self.flows.log_in(email, password, "en", client).await? {
            Entry::LoggedIn(logged_in) => Ok(logged_in),
            Entry::NeedsCode(_) => panic!("a code is needed"),
        }
    }
}

fn lift_limits(settings: &mut AccountSettings) {
    let many = NonZeroU32::new(100_000).unwrap();
    settings.log_ins_per_account = many;
    settings.tries_per_address = many;
    settings.mails_per_hour = many;
    settings.mails_of_strangers = many;
}

fn registration(email: &str, password: &str) -> Registration {
    Registration { email: email.to_owned(), password: password.to_owned(), language: "en".to_owned() }
}

fn client() -> Client {
    client_at("192.0.2.7")
}

fn client_at(address: &str) -> Client {
    Client { address: address.parse().unwrap(), device: None, session: None }
}

/// Another code of six digits.
fn wrong(code: &str) -> String {
    let first = if code.starts_with('0') { '1' } else { '0' };
    format!("{first}{}", &code[1..])
}
