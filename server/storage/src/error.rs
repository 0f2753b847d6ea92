//! What can go wrong with the database.

use std::sync::Arc;

use sea_orm::sqlx::Error as SqlxError;
use sea_orm::{DbErr, RuntimeErr};
use thiserror::Error;

/// A failure of storage. It names tables and states, never what people entered.
#[derive(Clone, Debug, Error)]
pub enum StorageError {
    /// The database cannot be reached, is full or has more to do than there is room for. Trying
    /// again later may help.
    #[error("the database is unavailable: {0}")]
    Unavailable(String),
    /// The row was changed by somebody else since it was read. Read it again and decide anew.
    #[error("changed meanwhile")]
    Conflict,
    /// A value that may exist only once exists already.
    #[error("exists already")]
    Taken,
    /// A stored value cannot be opened or understood: it was altered, moved, or sealed under
    /// another root key.
    #[error("stored value is damaged: {0}")]
    Corrupt(String),
    /// The address or the version of the database is not one that Lodge works with.
    #[error("{0}")]
    Unsupported(String),
    /// The database is sealed under another root key. The fingerprints tell nothing else of the
    /// keys; the wanted one is unknown where an older version has made the database.
    #[error("{}", wrong_key(.wanted.as_deref(), .given))]
    WrongKey { wanted: Option<String>, given: String },
    #[error("database: {0}")]
    Other(#[source] DbErr),
    /// The operating system gave no random bytes.
    #[error("no randomness: {0}")]
    Randomness(#[source] Arc<std::io::Error>),
}

impl StorageError {
    pub(crate) fn corrupt(what: impl Into<String>) -> Self {
        Self::Corrupt(what.into())
    }
}

fn wrong_key(wanted: Option<&str>, given: &str) -> String {
    match wanted {
        Some(wanted) => format!(
            "this database belongs to another root key: the key with the fingerprint {wanted} is wanted, \
             the one that was given has {given}"
        ),
        None => format!(
            "this database belongs to another root key: the one that was given, with the fingerprint {given}, \
             opens nothing of what is stored"
        ),
    }
}

impl From<DbErr> for StorageError {
    fn from(error: DbErr) -> Self {
        match &error {
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => Self::Unavailable(error.to_string()),
            DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause)) => {
                of_driver(cause).unwrap_or(Self::Other(error))
            }
            _ => Self::Other(error),
        }
    }
}

impl From<SqlxError> for StorageError {
    fn from(error: SqlxError) -> Self {
        let cause = Arc::new(error);
        of_driver(&cause).unwrap_or(Self::Other(DbErr::Conn(RuntimeErr::SqlxError(cause))))
    }
}

fn of_driver(error: &SqlxError) -> Option<StorageError> {
    let unavailable = || Some(StorageError::Unavailable(error.to_string()));
    match error {
        SqlxError::Io(_)
        | SqlxError::Tls(_)
        | SqlxError::Protocol(_)
        | SqlxError::PoolTimedOut
        | SqlxError::PoolClosed
        | SqlxError::WorkerCrashed => unavailable(),
        SqlxError::Database(cause) => {
            let code = cause.code().unwrap_or_default();
            // SQLite's codes are numbers of one to four digits; PostgreSQL's are five characters.
            match code.parse::<u32>().ok().filter(|_| code.len() < 5) {
                Some(code) => of_sqlite(code, error),
                None => of_postgres(&code, error),
            }
        }
        _ => None,
    }
}

/// Result codes of SQLite: the lowest byte is the kind, <https://sqlite.org/rescode.html>.
fn of_sqlite(code: u32, error: &SqlxError) -> Option<StorageError> {
    match (code, code & 0xff) {
        (1555 | 2067, _) => Some(StorageError::Taken),
        // Busy, locked, read-only, I/O error, full, cannot open.
        (_, 5 | 6 | 8 | 10 | 13 | 14) => Some(StorageError::Unavailable(error.to_string())),
        (_, 11 | 26) => Some(StorageError::Corrupt(error.to_string())),
        _ => None,
    }
}

/// SQLSTATE codes, appendix A of the PostgreSQL manual.
fn of_postgres(code: &str, error: &SqlxError) -> Option<StorageError> {
    match code {
        "23505" => Some(StorageError::Taken),
        // Serialization failure and deadlock: another transaction went first.
        "40001" | "40P01" => Some(StorageError::Conflict),
        // Connection lost, out of resources, being shut down, disk errors, lock not available.
        _ if ["08", "53", "57", "58"].iter().any(|class| code.starts_with(class)) || code == "55P03" => {
            Some(StorageError::Unavailable(error.to_string()))
        }
        _ => None,
    }
}
