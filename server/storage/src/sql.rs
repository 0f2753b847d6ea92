//! Small helpers around statements and values.
//!
//! Statements written out in SQL use `$1`, `$2` …, which both databases understand, and the same
//! words on both: what differs is asked of the backend.

use domain::ids::NotAnId;
use jiff::Timestamp;
use sea_orm::{ConnectionTrait, SqliteTransactionMode, Statement, TransactionOptions, Value};

use crate::error::StorageError;

/// Some rows of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slice {
    /// So many come before.
    pub offset: u64,
    pub limit: u64,
}

/// A statement with its values.
pub(crate) fn sql(
    db: &impl ConnectionTrait,
    text: impl Into<String>,
    values: impl IntoIterator<Item = Value>,
) -> Statement {
    Statement::from_sql_and_values(db.get_database_backend(), text, values)
}

/// Runs a statement; answers how many rows it changed.
pub(crate) async fn execute(
    db: &impl ConnectionTrait,
    text: impl Into<String>,
    values: impl IntoIterator<Item = Value>,
) -> Result<u64, StorageError> {
    Ok(db.execute_raw(sql(db, text, values)).await?.rows_affected())
}

/// The one number that a query counts.
pub(crate) async fn counted(
    db: &impl ConnectionTrait,
    text: impl Into<String>,
    values: impl IntoIterator<Item = Value>,
) -> Result<u64, StorageError> {
    let row = db.query_one_raw(sql(db, text, values)).await?;
    let row = row.ok_or_else(|| StorageError::corrupt("a count has no row"))?;
    Ok(u64::try_from(row.try_get_by_index::<i64>(0)?).unwrap_or_default())
}

/// How every transaction begins: on SQLite as a writer, since one that only becomes a writer later
/// can find that it may not.
pub(crate) fn writing() -> TransactionOptions {
    TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    }
}

/// A time as it is stored: Unix milliseconds.
pub(crate) fn millis(time: Timestamp) -> i64 {
    time.as_millisecond()
}

pub(crate) fn time(millis: i64) -> Result<Timestamp, StorageError> {
    Timestamp::from_millisecond(millis).map_err(|_| StorageError::corrupt("a time is out of range"))
}

pub(crate) fn time_or_none(millis: Option<i64>) -> Result<Option<Timestamp>, StorageError> {
    millis.map(time).transpose()
}

pub(crate) fn id<T: std::str::FromStr<Err = NotAnId>>(text: &str) -> Result<T, StorageError> {
    text.parse().map_err(|_| StorageError::corrupt("an id is not 32 hexadecimal digits"))
}

/// A count as it is stored; those beyond the type stay at its end.
pub(crate) fn stored_count(count: u32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

pub(crate) fn count(stored: i32) -> Result<u32, StorageError> {
    u32::try_from(stored).map_err(|_| StorageError::corrupt("a count is negative"))
}
