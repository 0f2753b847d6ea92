//! The server under test.

use std::ffi::OsString;
use std::sync::Arc;
use std::time::Duration;

use ports::testing::{TestClock, TestMailer, TestRandom};
use ports::{Clock, Email, Mailer};
use server::assets::BuiltFiles;
use server::config::Settings;
use server::serve::serve;
use server::wiring::{Parts, Work, assemble};
use storage::testing::TestDatabase;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::browser::Browser;
use super::dist::built_files;

/// A running server. It stops when this is dropped.
pub struct Site {
    /// The public address, without a slash at the end.
    pub url: String,
    pub clock: Arc<TestClock>,
    pub mailer: Arc<TestMailer>,
    /// The jobs, which run only when the test says so.
    pub work: Work,
    pub database: TestDatabase,
    _stop: oneshot::Sender<()>,
    _dist: TempDir,
}

/// How to start a site.
pub struct Start {
    database: TestDatabase,
    settings: Vec<(OsString, OsString)>,
}

impl Start {
    pub async fn on_sqlite() -> Self {
        Self { database: TestDatabase::sqlite().await, settings: Vec::new() }
    }

    pub async fn on_postgres() -> Self {
        Self { database: TestDatabase::postgres().await, settings: Vec::new() }
    }

    /// Sets a setting, by the name of its environment variable.
    pub fn with(mut self, variable: &str, value: &str) -> Self {
        self.settings.push((variable.into(), value.into()));
        self
    }

    pub async fn go(self) -> Site {
        // Every test of the process does it; the first one counts.
        let _ = any_spawner::Executor::init_tokio();
        let Self { database, settings: mut given } = self;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        if !given.iter().any(|(name, _)| name == "LODGE_PUBLIC_URL") {
            given.push(("LODGE_PUBLIC_URL".into(), url.clone().into()));
        }
        let settings = Settings::read(None, given).unwrap_or_else(|error| panic!("{error}"));
        let dist = built_files();
        let clock = Arc::new(TestClock::default());
        let mailer = Arc::new(TestMailer::default());
        let service = assemble(Parts {
            settings: settings.clone(),
            storage: database.storage.clone(),
            library: forms::Library::embedded().unwrap_or_else(|mistakes| panic!("{mistakes}")),
            files: BuiltFiles::read(Some(dist.path())).unwrap(),
            clock: clock.clone(),
            random: Arc::new(TestRandom::default()),
            mailer: Some(mailer.clone() as Arc<dyn Mailer>),
        })
        .unwrap();
        let (stop, stopped) = oneshot::channel();
        let http = service.http;
        tokio::spawn(async move {
            let stop = async { drop(stopped.await) };
            serve(listener, http, &settings, stop).await;
        });
        Site { url, clock, mailer, work: service.work, database, _stop: stop, _dist: dist }
    }
}

impl Site {
    /// On SQLite, with the default settings.
    pub async fn start() -> Self {
        Start::on_sqlite().await.go().await
    }

    /// A browser without cookies.
    pub fn browser(&self) -> Browser {
        Browser::new(&self.url)
    }

    /// Host and port, for raw connections.
    pub fn host(&self) -> &str {
        self.url.trim_start_matches("http://")
    }
    pub fn now(&self) -> jiff::Timestamp {
        self.clock.now()
    }

    pub fn advance(&self, by: Duration) {
        self.clock.advance(by);
    }

    /// Sends all mail that is due, and answers all that was ever sent to `address`, oldest first.
    pub async fn mail_to(&self, address: &str) -> Vec<Email> {
        self.work.send_mail().await.unwrap();
        self.mailer.sent().into_iter().filter(|mail| mail.to == address).collect()
    }

    /// The code of six digits in the newest mail to `address`.
    pub async fn code_to(&self, address: &str) -> String {
        let mail = self.mail_to(address).await.pop().expect("a mail");
        let mut words = mail.text.split(|c: char| !c.is_ascii_digit());
        words.find(|word| word.len() == 6).expect("a code in the mail").to_owned()
    }

    /// The path of the link in the newest mail to `address`.
    pub async fn link_to(&self, address: &str) -> String {
        let mail = self.mail_to(address).await.pop().expect("a mail");
        let from = mail.text.find(&self.url).expect("a link in the mail") + self.url.len();
        mail.text[from..].split_whitespace().next().expect("a path").to_owned()
    }
}
