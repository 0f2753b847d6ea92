//! SQLite: one connection that writes, several that read.

use std::path::Path;
use std::time::Duration;

use sea_orm::sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sea_orm::sqlx::{self, ConnectOptions, Connection, query_scalar};
use sea_orm::{DatabaseConnection, SqlxSqliteConnector};

use crate::connect::Pools;
use crate::error::StorageError;

/// Earlier versions can damage the file when the write-ahead log is reset.
const OLDEST: [u32; 3] = [3, 51, 3];

/// The readers and the writer of the file at `path`, which is made when missing.
pub(crate) async fn open(path: &str, pools: Pools) -> Result<(DatabaseConnection, DatabaseConnection), StorageError> {
    let path = file(path)?;
    make_file(Path::new(path)).map_err(|error| StorageError::Unavailable(format!("{path}: {error}")))?;
    let options = SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        // What was deleted is overwritten in the file.
        .pragma("secure_delete", "ON")
        .disable_statement_logging();
    let write = pool(1, pools).after_release(|connection, _| Box::pin(is_clean(connection)));
    let write = write.connect_with(options.clone()).await?;
    check_version(&write).await?;
    let read = pool(pools.readers.max(1), pools).connect_with(options.pragma("query_only", "ON")).await?;
    Ok((SqlxSqliteConnector::from_sqlx_sqlite_pool(read), SqlxSqliteConnector::from_sqlx_sqlite_pool(write)))
}

/// Readers of the file at `path`, who can neither make nor change it.
pub(crate) async fn open_to_read(path: &str, pools: Pools) -> Result<DatabaseConnection, StorageError> {
    let path = file(path)?;
    let options = SqliteConnectOptions::new()
        .filename(path)
        .read_only(true)
        .busy_timeout(Duration::from_secs(5))
        .disable_statement_logging();
    let read = pool(pools.readers.max(1), pools).connect_with(options).await?;
    Ok(SqlxSqliteConnector::from_sqlx_sqlite_pool(read))
}

/// Which file it is that is open. What is written to one that was deleted is lost at the end of the
/// program, and SQLite does not say so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FileId {
    path: String,
    /// Device and inode; the same for every file where the system has no such numbers.
    numbers: (u64, u64),
}

impl FileId {
    /// # Errors
    /// `Unavailable` when there is no file at `path`.
    pub fn of(path: &str) -> Result<Self, StorageError> {
        let path = file(path)?.to_owned();
        match std::fs::metadata(&path) {
            Ok(found) => Ok(Self { path, numbers: numbers(&found) }),
            Err(error) => Err(StorageError::Unavailable(format!("the file of the database: {error}"))),
        }
    }

    /// Whether it is still at its path.
    pub fn check(&self) -> Result<(), StorageError> {
        if Self::of(&self.path)? == *self {
            return Ok(());
        }
        Err(StorageError::Unavailable("the file of the database has been replaced".to_owned()))
    }
}

#[cfg(unix)]
fn numbers(found: &std::fs::Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (found.dev(), found.ino())
}

#[cfg(not(unix))]
fn numbers(_: &std::fs::Metadata) -> (u64, u64) {
    (0, 0)
}

/// The path in what follows `sqlite:` in an address.
fn file(path: &str) -> Result<&str, StorageError> {
    let path = path.strip_prefix("//").unwrap_or(path);
    if path.is_empty() || path.starts_with(":memory:") || path.contains('?') {
        return Err(StorageError::Unsupported("sqlite: must be followed by the path of a file".to_owned()));
    }
    Ok(path)
}

/// Connections are kept: their prepared statements and page cache are worth more than they cost.
fn pool(size: u32, pools: Pools) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(size)
        .min_connections(size)
        .acquire_timeout(pools.wait)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
}

/// Whether a connection may write again. One that still believes to be in a transaction must not:
/// SQLite may have ended that by itself, as it does when the disk is full, and what is then written
/// in a transaction within the lost one would be acknowledged and never stored.
async fn is_clean(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    // The taking back of a transaction that was dropped comes before this.
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
}

/// Makes the file so that only its owner may read it; SQLite gives the files beside it the same
/// permissions.
fn make_file(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

async fn check_version(pool: &SqlitePool) -> Result<(), StorageError> {
    let version: String = query_scalar("SELECT sqlite_version()").fetch_one(pool).await?;
    let found: Vec<u32> = version.split('.').map_while(|part| part.parse().ok()).collect();
    if found.as_slice() < OLDEST.as_slice() {
        return Err(StorageError::Unsupported(format!("SQLite {version} is too old: 3.51.3 or later is needed")));
    }
    Ok(())
}
