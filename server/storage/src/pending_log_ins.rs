//! Log-ins whose password was right and that wait for the code that was mailed.

use domain::ids::AccountId;
use jiff::Timestamp;
use sea_orm::EntityTrait;

use crate::codes::{CodeTry, Waiting, tries};
use crate::connect::Storage;
use crate::entities::{insert, pending_log_ins};
use crate::error::StorageError;
use crate::keys::secret_hash;
use crate::sql::{count, execute, id, millis, stored_count, time};
use crate::transaction::Transaction;

/// A log-in that waits.
#[derive(Clone, Debug)]
pub struct PendingLogIn {
    pub account: AccountId,
    /// Of the account when the password was checked.
    pub epoch: u32,
    /// BCP 47 tag of the page.
    pub language: String,
    pub tries_left: u8,
    pub code_expires: Timestamp,
}

#[derive(Clone, Copy)]
pub struct NewPendingLogIn<'a> {
    /// The secret that binds the log-in to the browser.
    pub pending: &'a str,
    pub account: AccountId,
    pub epoch: u32,
    pub language: &'a str,
    pub code: &'a str,
    pub code_expires: Timestamp,
    /// How many wrong codes are one too many.
    pub tries: u8,
}

impl Storage {
    pub async fn pending_log_in_find(&self, pending: &str) -> Result<Option<PendingLogIn>, StorageError> {
        let row = pending_log_ins::Entity::find_by_id(secret_hash(pending)).one(self.read()).await?;
        row.map(PendingLogIn::try_from).transpose()
    }
}

impl Transaction {
    pub async fn pending_log_in_insert(&self, new: NewPendingLogIn<'_>) -> Result<(), StorageError> {
        let pending_hash = secret_hash(new.pending);
        let row = pending_log_ins::Model {
            account: new.account.to_string(),
            epoch: stored_count(new.epoch),
            language: new.language.to_owned(),
            code_mac: self.storage.keys().code_mac(&pending_hash, new.code).to_vec(),
            pending_hash,
            code_expires: millis(new.code_expires),
            tries_left: i32::from(new.tries),
            created: self.millis(),
        };
        insert(&self.db, row).await
    }

    /// Puts a new code in place of the old one; answers whether there is such a log-in.
    pub async fn pending_log_in_code_replace(
        &self,
        pending: &str,
        code: &str,
        code_expires: Timestamp,
        tries: u8,
    ) -> Result<bool, StorageError> {
        self.code_replace(Waiting::LogIn, pending, code, code_expires, tries).await
    }

    /// Tries a code, as [`CodeTry`] says.
    pub async fn pending_log_in_confirm(
        &self,
        pending: &str,
        code: &str,
    ) -> Result<CodeTry<PendingLogIn>, StorageError> {
        let row = pending_log_ins::Entity::find_by_id(secret_hash(pending)).one(&self.db).await?;
        let Some(row) = row else { return Ok(CodeTry::NothingWaits) };
        self.code_try(Waiting::LogIn, pending, code).await?.map(|()| row.try_into())
    }

    /// Removes log-ins whose code expired before the given time; answers how many.
    pub async fn pending_log_ins_purge(&self, expired_before: Timestamp) -> Result<u64, StorageError> {
        let purge = "DELETE FROM pending_log_ins WHERE code_expires < $1";
        execute(&self.db, purge, [millis(expired_before).into()]).await
    }
}

impl TryFrom<pending_log_ins::Model> for PendingLogIn {
    type Error = StorageError;

    fn try_from(row: pending_log_ins::Model) -> Result<Self, StorageError> {
        Ok(Self {
            account: id(&row.account)?,
            epoch: count(row.epoch)?,
            language: row.language,
            tries_left: tries(row.tries_left)?,
            code_expires: time(row.code_expires)?,
        })
    }
}
