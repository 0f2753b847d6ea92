//! Drafts whose time runs out.
//!
//! A draft is deleted only after both of its reminders, and each reminder gives it a time: that which
//! its mail promised, counted from when the mail was handed over or given up. So a draft *ends* when
//! it is no longer to be kept and the time that its last reminder gave has passed. A save starts
//! anew.

use domain::ids::ApplicationId;
use jiff::{SignedDuration, Timestamp};
use sea_orm::{ConnectionTrait, FromQueryResult, QueryResult, Value};

use crate::applications::{Summary, SummaryRow};
use crate::connect::Storage;
use crate::error::StorageError;
use crate::messages::MessageId;
use crate::sql::{counted, execute, millis, sql};
use crate::transaction::Transaction;

/// A reminder that a draft will be deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reminder {
    /// The first.
    Week,
    /// The second.
    Day,
}

/// What is done to a draft next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Remind(Reminder),
    Delete,
}

/// When a mail counts as handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandedOver {
    /// Once the mail server has it, or it was given up.
    WhenSent,
    /// Once it is in the outbox, where there is no mail server.
    WhenQueued,
}

/// Drafts for which a step is due: those that end at `by` or before.
#[derive(Clone, Copy, Debug)]
pub struct Due {
    pub step: Step,
    pub by: Timestamp,
    pub handed_over: HandedOver,
}

impl Storage {
    /// Up to `limit` drafts for which the step is due, in the order of their ids, from the one after
    /// `after`.
    pub async fn drafts_due(
        &self,
        due: Due,
        after: Option<ApplicationId>,
        limit: u64,
    ) -> Result<Vec<Summary>, StorageError> {
        let select = format!("SELECT {COLUMNS} {DUE} AND a.id > $4 ORDER BY a.id LIMIT $5");
        let after = after.map(|id| id.to_string()).unwrap_or_default();
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let values = due.values().into_iter().chain([after.into(), limit.into()]);
        let rows = self.read().query_all_raw(sql(self.read(), select, values)).await?;
        let of_row =
            |row: &QueryResult| -> Result<Summary, StorageError> { SummaryRow::from_query_result(row, "")?.try_into() };
        rows.iter().map(of_row).collect()
    }

    /// For how many drafts of each service the step is due.
    pub async fn drafts_due_count(&self, due: Due) -> Result<Vec<(String, u64)>, StorageError> {
        let select = format!("SELECT a.service, COUNT(*) {DUE} GROUP BY a.service ORDER BY a.service");
        let rows = self.read().query_all_raw(sql(self.read(), select, due.values())).await?;
        let of_row = |row: &QueryResult| -> Result<(String, u64), StorageError> {
            let count: i64 = row.try_get_by_index(1)?;
            Ok((row.try_get_by_index(0)?, u64::try_from(count).unwrap_or_default()))
        };
        rows.iter().map(of_row).collect()
    }

    /// How many drafts there are.
    pub async fn drafts_count(&self) -> Result<u64, StorageError> {
        let count = "SELECT COUNT(*) FROM applications WHERE state = 'draft'";
        counted(self.read(), count, []).await
    }
}

impl Transaction {
    /// Notes that `message` reminds of the draft, and keeps the draft for the time that it promises,
    /// at least; `false` when the draft was saved meanwhile, reminded by another server, submitted or
    /// deleted, and nothing must be sent.
    pub async fn draft_reminded(
        &self,
        draft: &Summary,
        reminder: Reminder,
        message: &MessageId,
        promise: SignedDuration,
    ) -> Result<bool, StorageError> {
        let note = "UPDATE applications SET reminded = $1, reminder = $2, reminder_promise = $3,
                kept_until = CASE WHEN kept_until < $4 THEN $4 ELSE kept_until END
            WHERE id = $5 AND state = 'draft' AND kept_until = $6 AND (reminder IS NULL OR reminded = $1 - 1)";
        let values = [
            reminder.number().into(),
            message.0.as_str().into(),
            length(promise).into(),
            self.millis().saturating_add(length(promise)).into(),
            draft.id.to_string().into(),
            millis(draft.kept_until).into(),
        ];
        Ok(execute(&self.db, note, values).await? > 0)
    }

    /// Deletes a draft that has ended, like [`Transaction::draft_delete`]; `false` when it was saved,
    /// submitted or deleted since it was found.
    pub async fn draft_expire(&self, draft: &Summary) -> Result<bool, StorageError> {
        let delete = "DELETE FROM applications
            WHERE id = $1 AND state = 'draft' AND reminded = 2 AND kept_until = $2 AND kept_until <= $3";
        let values = [draft.id.to_string().into(), millis(draft.kept_until).into(), self.millis().into()];
        let deleted = execute(&self.db, delete, values).await? > 0;
        if deleted {
            self.draft_clear(draft.id).await?;
        }
        Ok(deleted)
    }
}

const COLUMNS: &str = "a.id, a.account, a.service, a.version, a.language, a.page, a.started, a.saved,
    a.kept_until, a.submitted_at, a.verification_number, a.fee_state";

/// Drafts that were reminded of $1 times since the last save and end at $2 or before, where mail in
/// the outbox counts as handed over if $3. A reminder without its message comes from a version that
/// did not write it down, and counts for nothing; a message that is gone holds nothing up.
const DUE: &str = "FROM applications a
    LEFT JOIN messages m ON m.id = a.reminder AND a.reminded > 0
    WHERE a.state = 'draft' AND a.kept_until <= $2
    AND CASE WHEN a.reminder IS NULL THEN 0 ELSE a.reminded END = $1
    AND (m.id IS NULL OR (
        (m.state <> 'waiting' OR $3) AND COALESCE(m.sent_at, m.given_up_at, m.created) + a.reminder_promise <= $2
    ))";

impl Due {
    fn values(self) -> [Value; 3] {
        let before = match self.step {
            Step::Remind(reminder) => reminder.number() - 1,
            Step::Delete => Reminder::Day.number(),
        };
        [before.into(), millis(self.by).into(), (self.handed_over == HandedOver::WhenQueued).into()]
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

/// In milliseconds.
fn length(time: SignedDuration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}
