//! The real program, in a process of its own.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use storage::testing::{ROOT_KEY, TestDatabase};
use tempfile::TempDir;
use tokio::sync::{Mutex, MutexGuard};

use crate::browser::Browser;
use crate::dist::built_files;

/// A server that can be killed and started again on what it has stored.
pub struct Lodge {
    pub url: String,
    /// What stands before the program on its command line.
    pub wrapper: Vec<String>,
    /// Variables of its environment, besides the usual.
    pub variables: Vec<(String, String)>,
    /// Where SQLite and the key are.
    pub data: PathBuf,
    database: Option<TestDatabase>,
    process: Option<Child>,
    folders: [TempDir; 2],
    _alone: MutexGuard<'static, ()>,
}

/// One attack at a time: they would only disturb each other.
static ALONE: Mutex<()> = Mutex::const_new(());

impl Lodge {
    /// On a SQLite file in its data directory.
    pub async fn on_sqlite() -> Self {
        Self::new(None, ALONE.lock().await)
    }

    pub async fn on_postgres() -> Self {
        let alone = ALONE.lock().await;
        Self::new(Some(TestDatabase::postgres().await), alone)
    }

    fn new(database: Option<TestDatabase>, alone: MutexGuard<'static, ()>) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let folders = [built_files(), tempfile::tempdir().unwrap()];
        Self {
            url: format!("http://127.0.0.1:{port}"),
            wrapper: Vec::new(),
            variables: Vec::new(),
            data: folders[1].path().to_owned(),
            database,
            process: None,
            folders,
            _alone: alone,
        }
    }

    /// Starts it and waits until it is ready; answers how long that took.
    pub async fn start(&mut self) -> Duration {
        let begin = Instant::now();
        self.process = Some(self.command(&["serve"]).stdout(Stdio::null()).spawn().unwrap());
        while !self.is_ready().await {
            assert!(begin.elapsed() < Duration::from_secs(60), "it does not become ready");
            assert!(self.process.as_mut().unwrap().try_wait().unwrap().is_none(), "it ended at its start");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        begin.elapsed()
    }

    /// Runs another command of the program on the same data, to its end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let program = env!("CARGO_BIN_EXE_lodge");
        let mut words = self.wrapper.iter().map(String::as_str).chain([program]).chain(arguments.iter().copied());
        let mut command = Command::new(words.next().unwrap());
        command.args(words).current_dir(&self.data).stdin(Stdio::null());
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        for (name, value) in [
            ("LODGE_MODE", "demo"),
            ("LODGE_LISTEN", self.url.trim_start_matches("http://")),
            ("LODGE_PUBLIC_URL", &self.url),
            ("LODGE_DATA_DIR", self.data.to_str().unwrap()),
            ("LODGE_ASSETS_DIR", self.folders[0].path().to_str().unwrap()),
            ("LODGE_TRIES_PER_ADDRESS", "10000"),
            ("LODGE_LOG_INS_PER_ACCOUNT", "10000"),
            ("LODGE_DRAFTS_PER_SERVICE", "100000"),
            ("LODGE_DRAFTS_PER_HOUR", "100000"),
            ("LODGE_LOG", "error"),
        ] {
            command.env(name, value);
        }
        command.envs(self.variables.iter().cloned());
        if let Some(database) = &self.database {
            command.env("LODGE_DATABASE_URL", &database.url);
            command.env("LODGE_SECRET_KEY", ROOT_KEY.map(|byte| format!("{byte:02x}")).concat());
        }
        command
    }

    pub async fn is_ready(&self) -> bool {
        self.readiness().await.is_some_and(|(status, _)| status == 200)
    }

    /// What the probe answers, within a second; `None` while nobody listens.
    pub async fn readiness(&self) -> Option<(u16, String)> {
        let (browser, begin) = (self.browser(), Instant::now());
        let answer = browser.try_send(browser.request("GET", "/health/ready")).await?;
        assert!(begin.elapsed() < Duration::from_secs(1), "it took {:?}", begin.elapsed());
        Some((answer.status.as_u16(), answer.text))
    }

    /// Waits until the probe answers so, but not for long.
    pub async fn becomes_ready(&self, is_ready: bool) {
        for _ in 0..100 {
            if self.is_ready().await == is_ready {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("ready: {:?}", self.readiness().await);
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            let _ = process.kill();
            process.wait().unwrap();
        }
    }

    pub fn browser(&self) -> Browser {
        Browser::new(&self.url)
    }

    pub fn database(&self) -> &TestDatabase {
        self.database.as_ref().expect("a server on PostgreSQL")
    }

    /// A path as the process sees it, which may live in a file system of its own.
    pub fn inside(&self, path: &Path) -> PathBuf {
        let id = self.process.as_ref().expect("it runs").id();
        PathBuf::from(format!("/proc/{id}/root{}", path.display()))
    }
}

impl Drop for Lodge {
    fn drop(&mut self) {
        self.kill();
    }
}
