//! What the worker that sends messages asks and reports.

use jiff::{SignedDuration, Timestamp};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult};

use crate::connect::Storage;
use crate::entities::messages;
use crate::error::StorageError;
use crate::messages::{Message, MessageId};
use crate::sql::{execute, millis, sql};

/// What to do about a message that could not be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// Try again, not before this time.
    At(Timestamp),
    GiveUp,
}

impl Storage {
    /// Takes up to `limit` messages that are due, those that somebody waits for before the others
    /// and the longest waiting first, for the time of `lease`. Until then no other worker gets them; a message whose worker died comes back after
    /// it. Each counts as tried.
    pub async fn messages_claim(
        &self,
        now: Timestamp,
        lease: SignedDuration,
        limit: u64,
    ) -> Result<Vec<Message>, StorageError> {
        // Two workers on PostgreSQL that look at the same time see the same rows: each skips
        // those that the other is just taking.
        let skip = if self.backend() == DbBackend::Postgres { "FOR UPDATE SKIP LOCKED" } else { "" };
        let claim = format!(
            "UPDATE messages SET lease_until = $1, attempts = attempts + 1
            WHERE id IN (
                SELECT id FROM messages
                WHERE state = 'waiting' AND due <= $2 AND (lease_until IS NULL OR lease_until <= $2)
                ORDER BY priority, due, id LIMIT $3 {skip}
            )
            RETURNING *"
        );
        let now_millis = millis(now);
        let lease_until = now_millis.saturating_add(i64::try_from(lease.as_millis()).unwrap_or(i64::MAX));
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let statement = sql(self.write(), claim, [lease_until.into(), now_millis.into(), limit.into()]);
        let rows = self.write().query_all_raw(statement).await?;
        let rows = rows.iter().map(|row| messages::Model::from_query_result(row, ""));
        let mut rows = rows.collect::<Result<Vec<_>, _>>()?;
        rows.sort_by(|one, other| (one.priority, one.due, &one.id).cmp(&(other.priority, other.due, &other.id)));
        let mut claimed = Vec::with_capacity(rows.len());
        for row in rows {
            let id = MessageId(row.id.clone());
            match self.message(row) {
                // A message that cannot be opened must not keep those behind it waiting.
                Err(StorageError::Corrupt(reason)) => {
                    tracing::error!(message.id = %id, reason, "a message is damaged and given up");
                    self.message_failed(&id, Retry::GiveUp, now).await?;
                }
                message => claimed.push(message?),
            }
        }
        Ok(claimed)
    }

    /// The message has been sent. Its content is dropped if `drop_body`.
    pub async fn message_sent(&self, id: &MessageId, now: Timestamp, drop_body: bool) -> Result<(), StorageError> {
        let body = if drop_body { "NULL" } else { "body" };
        let sent = format!(
            "UPDATE messages SET state = 'sent', sent_at = $1, lease_until = NULL, body = {body}
            WHERE id = $2 AND state = 'waiting'"
        );
        execute(self.write(), sent, [millis(now).into(), id.0.as_str().into()]).await?;
        Ok(())
    }

    /// The message could not be sent.
    pub async fn message_failed(&self, id: &MessageId, retry: Retry, now: Timestamp) -> Result<(), StorageError> {
        match retry {
            Retry::At(due) => {
                let again = "UPDATE messages SET due = $1, lease_until = NULL WHERE id = $2 AND state = 'waiting'";
                execute(self.write(), again, [millis(due).into(), id.0.as_str().into()]).await?;
            }
            Retry::GiveUp => {
                let give_up = "UPDATE messages SET state = 'failed', given_up_at = $1, lease_until = NULL
                    WHERE id = $2 AND state = 'waiting'";
                execute(self.write(), give_up, [millis(now).into(), id.0.as_str().into()]).await?;
            }
        }
        Ok(())
    }
}
