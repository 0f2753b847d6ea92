//! Reminding people of drafts, and deleting those whose time is up.
//!
//! Nothing is deleted before both reminders were handed over to the mail server, and the time that
//! each of them promised has passed since; a draft simply stays longer when that takes long. A
//! reminder that was given up counts from then.

mod guard;
mod plan;

use domain::ids::AccountId;
use i18n::Language;
use jiff::{SignedDuration, Timestamp};
use storage::StorageError;
use storage::applications::{Reminder, Step, Summary};
use thiserror::Error;

use super::DraftFlows;
use super::letters::language;
use crate::mail::{Letter, Template, compose, days};

pub use guard::{Limits, Stop};
pub use plan::{Counts, Plan};

/// How many rows are taken at a time, so that one run holds the database briefly.
const BATCH: u64 = 100;
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// What a run has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// Drafts that were reminded of.
    pub reminded: u64,
    /// Drafts that were deleted.
    pub deleted: u64,
}

/// Why a run did not do all it had to.
#[derive(Debug, Error)]
pub enum RetentionError {
    #[error("{0}. Nothing was deleted. If this is right, go on with `lodge purge --even-so`.")]
    Stopped(Stop),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl DraftFlows {
    /// Sends the reminders that are due, deletes the drafts whose time is up, the saves that have
    /// waited too long for a log-in and the messages that were sent long ago. Running it again, after
    /// it was killed or on two servers, does nothing twice.
    ///
    /// # Errors
    /// `Stopped`, with nothing done, when the clock or the number of drafts to delete is not as it
    /// should be, unless `even_so`.
    pub async fn retention_run(&self, even_so: bool) -> Result<Done, RetentionError> {
        if !even_so && let Some(stop) = self.retention_plan().await?.stop {
            return Err(RetentionError::Stopped(stop));
        }
        let now = self.clock.now();
        let mut done = Done::default();
        for reminder in [Reminder::Week, Reminder::Day] {
            done.reminded += self.each_due(Step::Remind(reminder), now).await?;
        }
        done.deleted = self.each_due(Step::Delete, now).await?;
        self.purge_messages(now).await?;
        let tx = self.storage.begin(now).await?;
        tx.sealed_saves_purge(now - self.settings.sealed_time).await?;
        tx.purged_set(even_so).await?;
        tx.commit().await?;
        Ok(done)
    }

    /// Does the step for every draft that it is due for; answers for how many.
    async fn each_due(&self, step: Step, now: Timestamp) -> Result<u64, StorageError> {
        let (mut count, mut after) = (0, None);
        loop {
            let drafts = self.storage.drafts_due(self.due(step, now), after, BATCH).await?;
            let Some(last) = drafts.last() else { return Ok(count) };
            after = Some(last.id);
            for draft in &drafts {
                let done = match step {
                    Step::Remind(reminder) => self.remind_of(draft, reminder, now).await,
                    Step::Delete => self.expire(draft, now).await,
                };
                match done {
                    // One that cannot be read stays, and holds up nobody else.
                    Err(StorageError::Corrupt(reason)) => {
                        tracing::error!(draft.id = %draft.id, reason, "a draft is left alone");
                    }
                    done => count += u64::from(done?),
                }
            }
        }
    }

    async fn remind_of(&self, draft: &Summary, reminder: Reminder, now: Timestamp) -> Result<bool, StorageError> {
        let Some(email) = self.email(draft.account).await? else { return Ok(false) };
        let promise = DAY * self.days_left(reminder);
        let letter = self.reminder(draft, reminder, language(&draft.language), now + promise);
        let tx = self.storage.begin(now).await?;
        let to = (draft.account, email.as_str());
        let Some(message) = self.queue_row(&tx, &letter, to, Some(draft.id), now).await? else { return Ok(false) };
        if !tx.draft_reminded(draft, reminder, &message, promise).await? {
            return Ok(false);
        }
        tx.commit().await?;
        Ok(true)
    }

    /// The days that are left after a reminder, as its mail tells them: a part of one counts as one.
    fn days_left(&self, reminder: Reminder) -> i32 {
        let (week, day) = self.settings.remind_before;
        let before = if reminder == Reminder::Week { week } else { day };
        let days = before.as_secs().div_euclid(DAY.as_secs()) + i64::from(before.as_secs() % DAY.as_secs() != 0);
        i32::try_from(days).unwrap_or(i32::MAX).max(1)
    }

    fn reminder(&self, draft: &Summary, reminder: Reminder, language: Language, ends: Timestamp) -> Letter {
        let link = format!("{}{}/apply/{}", self.settings.public_url, language.prefix(), draft.id);
        let values = [
            ("service", self.title(&draft.service, draft.version, language)),
            ("link", link),
            ("date", self.day(ends, language)),
            ("left", days(language, self.days_left(reminder).unsigned_abs().into())),
        ];
        compose(Template::DraftReminder, language, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
    }

    async fn expire(&self, draft: &Summary, now: Timestamp) -> Result<bool, StorageError> {
        let email = self.email(draft.account).await?;
        let mut tx = self.storage.begin(now).await?;
        if !tx.draft_expire(draft).await? {
            return Ok(false);
        }
        if let Some(email) = email {
            let letter = self.draft_deleted(&draft.language, &draft.service, draft.version);
            self.queue_row(&tx, &letter, (draft.account, &email), None, now).await?;
        }
        self.audit(&mut tx, "retention", "draft.expired", draft.id);
        tx.commit().await?;
        Ok(true)
    }

    async fn purge_messages(&self, now: Timestamp) -> Result<(), StorageError> {
        let before = now - self.settings.message_time;
        loop {
            let tx = self.storage.begin(now).await?;
            let purged = tx.messages_purge(before, BATCH).await?;
            tx.commit().await?;
            if purged == 0 {
                return Ok(());
            }
        }
    }

    async fn email(&self, account: AccountId) -> Result<Option<String>, StorageError> {
        Ok(self.storage.account_find(account).await?.map(|account| account.email))
    }
}
