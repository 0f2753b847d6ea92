//! Messages that were sent or given up so long ago that nobody needs to know to which address.

use jiff::Timestamp;
use sea_orm::Value;

use crate::connect::Storage;
use crate::error::StorageError;
use crate::sql::{counted, execute, millis};
use crate::transaction::Transaction;

impl Storage {
    /// How many messages [`Transaction::messages_purge`] would take away or empty.
    pub async fn messages_old(&self, before: Timestamp) -> Result<u64, StorageError> {
        let count = format!("SELECT COUNT(*) FROM messages m WHERE {OLD}");
        counted(self.read(), count, [millis(before).into()]).await
    }
}

impl Transaction {
    /// Takes away up to `limit` messages that were sent or given up at `before` or earlier. Of those
    /// about an application that has been submitted only address and content go: what was sent about
    /// it, and when, stays as long as it does. Answers how many there were.
    pub async fn messages_purge(&self, before: Timestamp, limit: u64) -> Result<u64, StorageError> {
        let empty = format!(
            "UPDATE messages SET recipient = $3, body = NULL
            WHERE id IN (SELECT m.id FROM messages m WHERE {OLD} AND {IS_OF_SUBMITTED} LIMIT $2)"
        );
        let delete = format!(
            "DELETE FROM messages
            WHERE id IN (SELECT m.id FROM messages m WHERE {OLD} AND NOT {IS_OF_SUBMITTED} LIMIT $2)"
        );
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let values: [Value; 2] = [millis(before).into(), limit.into()];
        let emptied = execute(&self.db, empty, values.clone().into_iter().chain([Vec::<u8>::new().into()])).await?;
        Ok(emptied + execute(&self.db, delete, values).await?)
    }
}

/// The reminder of a draft is needed as long as the time that it gave runs.
const OLD: &str = "m.state <> 'waiting' AND length(m.recipient) > 0 AND m.created <= $1
    AND COALESCE(m.sent_at, m.given_up_at, m.created) <= $1
    AND NOT EXISTS (SELECT 1 FROM applications a WHERE a.reminder = m.id AND a.state = 'draft' AND a.reminded > 0)";

const IS_OF_SUBMITTED: &str =
    "EXISTS (SELECT 1 FROM applications s WHERE s.id = m.application AND s.state = 'submitted')";
