//! Throw-away databases for tests, here and in the server. Failures panic: they fail the test.

mod cluster;

use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sea_orm::ConnectionTrait;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

pub use self::cluster::TlsServer;
use crate::{Keys, Pools, Random, Storage};

/// The root key of every test database.
pub const ROOT_KEY: [u8; 32] = [42; 32];

/// A database of its own for one test, migrated, gone with the value (SQLite) or with the test
/// process (PostgreSQL).
pub struct TestDatabase {
    pub storage: Storage,
    /// The address with which a server can be pointed at it.
    pub url: String,
    directory: Option<TempDir>,
}

impl TestDatabase {
    /// On a SQLite file in a temporary folder.
    pub async fn sqlite() -> Self {
        let directory = tempfile::tempdir().expect("a temporary folder");
        let url = format!("sqlite:{}", directory.path().join("lodge.db").display());
        Self::open(url, Some(directory)).await
    }

    /// On a PostgreSQL server that the first test of the process starts.
    ///
    /// # Panics
    /// When the programs of PostgreSQL are not installed, with the name of the package.
    pub async fn postgres() -> Self {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let name = format!("test_{}", COUNT.fetch_add(1, Ordering::Relaxed));
        let admin = sea_orm::Database::connect(cluster::url("postgres")).await.expect("the test server answers");
        admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("a new database");
        admin.close().await.expect("the connection closes");
        Self::open(cluster::url(&name), None).await
    }

    async fn open(url: String, directory: Option<TempDir>) -> Self {
        let storage = connect(&url, ROOT_KEY).await;
        storage.migrate().await.expect("the schema is made");
        Self { storage, url, directory }
    }

    /// Another connection to the same database under another root key.
    pub async fn under_root_key(&self, root: [u8; 32]) -> Storage {
        connect(&self.url, root).await
    }

    /// Runs SQL behind storage's back, as somebody with access to the database would. Answers the
    /// number of rows changed, or the database's refusal.
    pub async fn tamper(&self, sql: &str) -> Result<u64, String> {
        let done = self.storage.write().execute_unprepared(sql).await;
        done.map(|done| done.rows_affected()).map_err(|error| error.to_string())
    }

    /// The one number that a query answers.
    pub async fn number(&self, sql: &str) -> i64 {
        let statement = crate::sql::sql(self.storage.write(), sql, []);
        let row = self.storage.write().query_one_raw(statement).await.expect("the query runs").expect("a row");
        row.try_get_by_index(0).expect("a number")
    }

    /// PostgreSQL cannot be reached until [`TestDatabase::come_back`], and every connection breaks.
    /// No other test of the process may be using it.
    pub async fn go_away(&self) {
        let admin = sea_orm::Database::connect(cluster::url("postgres")).await.expect("the test server answers");
        cluster::hide();
        let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()";
        // Background processes of the server are among them, and refuse.
        let _ = admin.execute_unprepared(end).await;
        let _ = admin.close().await;
    }

    pub fn come_back(&self) {
        cluster::show();
    }

    /// The files that hold the database; empty on PostgreSQL.
    pub fn files(&self) -> Vec<PathBuf> {
        let Some(directory) = &self.directory else { return Vec::new() };
        let files = std::fs::read_dir(directory.path()).expect("the folder is there");
        files.map(|file| file.expect("a readable folder").path()).collect()
    }
}

impl TlsServer {
    /// Runs SQL as its owner.
    pub async fn run(&self, sql: &str) {
        self.run_in("postgres", sql).await;
    }

    pub async fn run_in(&self, database: &str, sql: &str) {
        let admin = sea_orm::Database::connect(self.over_socket(database)).await.expect("the test server answers");
        admin.execute_unprepared(sql).await.expect("the SQL is run");
        admin.close().await.expect("the connection closes");
    }
}

async fn connect(url: &str, root: [u8; 32]) -> Storage {
    // Small pools: many tests share one server. They wait long: tests share the machine, too.
    let pools = Pools { readers: 2, connections: 6, wait: Duration::from_secs(30) };
    Storage::connect(url, Keys::new(root), seeded_random(1), pools).await.expect("the database opens")
}

/// Random bytes that are the same in every run.
pub fn seeded_random(seed: u64) -> Random {
    let count = Mutex::new(0_u64);
    Arc::new(move |bytes: &mut [u8]| -> io::Result<()> {
        let mut count = count.lock().unwrap_or_else(PoisonError::into_inner);
        for chunk in bytes.chunks_mut(32) {
            *count += 1;
            let block = Sha256::new().chain_update(seed.to_be_bytes()).chain_update(count.to_be_bytes()).finalize();
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
        Ok(())
    })
}
