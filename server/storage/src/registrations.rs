//! Registrations that wait for the code that was mailed.

use jiff::Timestamp;
use sea_orm::EntityTrait;

use crate::codes::{CodeTry, Waiting, tries};
use crate::connect::Storage;
use crate::entities::{insert, registrations};
use crate::error::StorageError;
use crate::keys::secret_hash;
use crate::seal::Place;
use crate::sql::{execute, millis, time};
use crate::transaction::Transaction;

/// A registration that waits.
#[derive(Clone)]
pub struct Registration {
    pub email: String,
    /// A PHC string.
    pub password_hash: String,
    /// BCP 47 tag for the mails.
    pub language: String,
    /// The address has an account already, so no code is right.
    pub existing: bool,
    pub tries_left: u8,
    pub code_expires: Timestamp,
    pub created: Timestamp,
}

#[derive(Clone, Copy)]
pub struct NewRegistration<'a> {
    /// The secret that binds the registration to the browser.
    pub pending: &'a str,
    pub email: &'a str,
    pub password_hash: &'a str,
    pub language: &'a str,
    pub existing: bool,
    pub code: &'a str,
    pub code_expires: Timestamp,
    /// How many wrong codes are one too many.
    pub tries: u8,
}

impl Storage {
    pub async fn registration_find(&self, pending: &str) -> Result<Option<Registration>, StorageError> {
        let row = registrations::Entity::find_by_id(secret_hash(pending)).one(self.read()).await?;
        row.map(|row| self.registration(row)).transpose()
    }

    fn registration(&self, row: registrations::Model) -> Result<Registration, StorageError> {
        Ok(Registration {
            email: self.keys().address.open_text(email_place(&row.pending_hash), &row.email)?,
            password_hash: row.password_hash,
            language: row.language,
            existing: row.existing,
            tries_left: tries(row.tries_left)?,
            code_expires: time(row.code_expires)?,
            created: time(row.created)?,
        })
    }
}

impl Transaction {
    pub async fn registration_insert(&self, new: NewRegistration<'_>) -> Result<(), StorageError> {
        let pending_hash = secret_hash(new.pending);
        let keys = self.storage.keys();
        let row = registrations::Model {
            email: keys.address.seal(self.storage.random(), email_place(&pending_hash), new.email.as_bytes())?,
            code_mac: keys.code_mac(&pending_hash, new.code).to_vec(),
            pending_hash,
            password_hash: new.password_hash.to_owned(),
            language: new.language.to_owned(),
            existing: new.existing,
            code_expires: millis(new.code_expires),
            tries_left: i32::from(new.tries),
            created: self.millis(),
        };
        insert(&self.db, row).await
    }

    /// Puts a new code in place of the old one; answers whether there is such a registration.
    pub async fn registration_code_replace(
        &self,
        pending: &str,
        code: &str,
        code_expires: Timestamp,
        tries: u8,
    ) -> Result<bool, StorageError> {
        self.code_replace(Waiting::Registration, pending, code, code_expires, tries).await
    }

    /// Tries a code, as [`CodeTry`] says.
    pub async fn registration_confirm(&self, pending: &str, code: &str) -> Result<CodeTry<Registration>, StorageError> {
        let row = registrations::Entity::find_by_id(secret_hash(pending)).one(&self.db).await?;
        let Some(row) = row else { return Ok(CodeTry::NothingWaits) };
        // No code is right for an address that has an account.
        let code = if row.existing { "" } else { code };
        let tried = self.code_try(Waiting::Registration, pending, code).await?;
        tried.map(|()| self.storage.registration(row))
    }

    /// Removes registrations whose code expired before the given time; answers how many.
    pub async fn registrations_purge(&self, expired_before: Timestamp) -> Result<u64, StorageError> {
        let purge = "DELETE FROM registrations WHERE code_expires < $1";
        execute(&self.db, purge, [millis(expired_before).into()]).await
    }
}

fn email_place(id: &str) -> Place<'_> {
    Place { table: "registrations", id, column: "email", version: 1 }
}
