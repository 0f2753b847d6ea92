//! One transaction for one flow.

use jiff::Timestamp;
use sea_orm::{DatabaseTransaction, TransactionTrait};

use crate::audit::AuditRow;
use crate::connect::Storage;
use crate::error::StorageError;
use crate::sql::{millis, writing};

/// Writes that happen together or not at all. Dropping it takes everything back.
///
/// On SQLite it holds the only connection that writes: nothing slow (hashing a password, asking
/// another service) belongs between [`Storage::begin`] and [`Transaction::commit`].
pub struct Transaction {
    pub(crate) storage: Storage,
    pub(crate) db: DatabaseTransaction,
    pub(crate) now: Timestamp,
    pub(crate) audit: Vec<AuditRow>,
}

impl Storage {
    /// Begins a transaction in which it is `now`.
    pub async fn begin(&self, now: Timestamp) -> Result<Transaction, StorageError> {
        let db = self.write().begin_with_options(writing()).await?;
        Ok(Transaction { storage: self.clone(), db, now, audit: Vec::new() })
    }
}

impl Transaction {
    /// Makes everything last. When it fails, nothing has happened, except that after
    /// [`StorageError::Unavailable`] it is unknown whether the database had already agreed.
    pub async fn commit(mut self) -> Result<(), StorageError> {
        // Last, so that the turn at the end of the audit log is held as briefly as possible and
        // always taken in the same order.
        self.audit_write().await?;
        self.db.commit().await?;
        Ok(())
    }

    /// The time at which it was begun.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The same, in Unix milliseconds.
    pub(crate) fn millis(&self) -> i64 {
        millis(self.now)
    }
}
