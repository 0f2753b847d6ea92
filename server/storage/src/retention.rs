//! Drafts whose time runs out.

use jiff::Timestamp;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::applications::{Summary, drafts};
use crate::connect::Storage;
use crate::entities::applications::Column;
use crate::error::StorageError;
use crate::sql::{execute, millis};
use crate::transaction::Transaction;

/// A reminder that a draft will be deleted. A save starts them anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reminder {
    /// The first.
    Week,
    /// The second.
    Day,
}

impl Storage {
    /// Drafts that were to be kept until `now` or earlier, the oldest first.
    pub async fn drafts_expired(&self, now: Timestamp, limit: u64) -> Result<Vec<Summary>, StorageError> {
        let expired = drafts().filter(Column::KeptUntil.lte(millis(now)));
        self.summaries(expired.order_by_asc(Column::KeptUntil).limit(limit)).await
    }

    /// Drafts still kept at `now` but not after `ends_before`, for which this reminder has not
    /// been sent since the last save.
    pub async fn drafts_to_remind(
        &self,
        reminder: Reminder,
        now: Timestamp,
        ends_before: Timestamp,
        limit: u64,
    ) -> Result<Vec<Summary>, StorageError> {
        let due = drafts()
            .filter(Column::KeptUntil.gt(millis(now)))
            .filter(Column::KeptUntil.lte(millis(ends_before)))
            .filter(Column::Reminded.lt(reminder.number()));
        self.summaries(due.order_by_asc(Column::KeptUntil).limit(limit)).await
    }
}

impl Transaction {
    /// Notes that the reminder is sent; `false` when the draft was saved meanwhile, reminded by
    /// another server, submitted or deleted, and nothing must be sent.
    pub async fn draft_reminded(&self, draft: &Summary, reminder: Reminder) -> Result<bool, StorageError> {
        let note = "UPDATE applications SET reminded = $1
            WHERE id = $2 AND state = 'draft' AND kept_until = $3 AND reminded < $1";
        let values = [reminder.number().into(), draft.id.to_string().into(), millis(draft.kept_until).into()];
        Ok(execute(&self.db, note, values).await? > 0)
    }

    /// Deletes a draft whose time has run out, like [`Transaction::draft_delete`]; `false` when it
    /// was saved, submitted or deleted meanwhile.
    pub async fn draft_expire(&self, draft: &Summary) -> Result<bool, StorageError> {
        let delete = "DELETE FROM applications WHERE id = $1 AND state = 'draft' AND kept_until <= $2";
        let deleted = execute(&self.db, delete, [draft.id.to_string().into(), self.millis().into()]).await? > 0;
        if deleted {
            self.draft_clear(draft.id).await?;
        }
        Ok(deleted)
    }
}

impl Reminder {
    /// What `applications.reminded` is after it.
    fn number(self) -> i32 {
        match self {
            Self::Week => 1,
            Self::Day => 2,
        }
    }
}
