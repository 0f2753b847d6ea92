//! Reminding people of drafts, and deleting those whose time is up.

use domain::ids::AccountId;
use i18n::Language;
use jiff::{SignedDuration, Timestamp};
use storage::StorageError;
use storage::applications::{Reminder, Summary};

use super::DraftFlows;
use super::letters::language;
use crate::mail::{Letter, Template, compose, days};

/// How many drafts are taken at a time, so that one run holds the database briefly.
const BATCH: u64 = 100;

impl DraftFlows {
    /// Sends the reminders that are due, deletes the drafts whose time is up and the saves that have
    /// waited too long for a log-in; answers how many drafts were deleted. Running it again, or on two servers, does nothing twice.
    pub async fn retention_run(&self) -> Result<u64, StorageError> {
        let now = self.clock.now();
        let (week, day) = self.settings.remind_before;
        // The last reminder first: a draft that is due for both gets only that one.
        self.remind(Reminder::Day, day, now).await?;
        self.remind(Reminder::Week, week, now).await?;
        let mut deleted = 0;
        loop {
            let expired = self.storage.drafts_expired(now, BATCH).await?;
            for draft in &expired {
                deleted += u64::from(self.expire(draft, now).await?);
            }
            if expired.len() < BATCH as usize {
                break;
            }
        }
        let tx = self.storage.begin(now).await?;
        tx.sealed_saves_purge(now - self.settings.sealed_time).await?;
        tx.commit().await?;
        Ok(deleted)
    }

    async fn remind(&self, reminder: Reminder, before: SignedDuration, now: Timestamp) -> Result<(), StorageError> {
        loop {
            let due = self.storage.drafts_to_remind(reminder, now, now + before, BATCH).await?;
            for draft in &due {
                self.remind_of(draft, reminder, now).await?;
            }
            if due.len() < BATCH as usize {
                return Ok(());
            }
        }
    }

    async fn remind_of(&self, draft: &Summary, reminder: Reminder, now: Timestamp) -> Result<(), StorageError> {
        let Some(email) = self.email(draft.account).await? else { return Ok(()) };
        let tx = self.storage.begin(now).await?;
        if tx.draft_reminded(draft, reminder).await? {
            let letter = self.reminder(draft, language(&draft.language), now);
            self.queue_row(&tx, &letter, (draft.account, &email), Some(draft.id), now).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    fn reminder(&self, draft: &Summary, language: Language, now: Timestamp) -> Letter {
        // The rest of a day counts as a day.
        let left = draft.kept_until.duration_since(now).as_hours().div_euclid(24) + 1;
        let link = format!("{}{}/apply/{}", self.settings.public_url, language.prefix(), draft.id);
        let values = [
            ("service", self.title(&draft.service, draft.version, language)),
            ("link", link),
            ("date", self.day(draft.kept_until, language)),
            ("left", days(language, left.unsigned_abs())),
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

    async fn email(&self, account: AccountId) -> Result<Option<String>, StorageError> {
        Ok(self.storage.account_find(account).await?.map(|account| account.email))
    }
}
