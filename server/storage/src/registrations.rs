//! Registrations that wait for the code that was mailed.

use jiff::Timestamp;
use sea_orm::{ConnectionTrait, EntityTrait};

use crate::connect::Storage;
use crate::entities::{insert, registrations};
use crate::error::StorageError;
use crate::keys::{is_same, secret_hash};
use crate::seal::Place;
use crate::sql::{execute, millis, sql, time};
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

/// What came of trying a code.
pub enum CodeTry {
    /// It was right, and the registration is gone.
    Right(Registration),
    Wrong {
        tries_left: u8,
    },
    /// Too old or tried too often.
    Dead,
    NoRegistration,
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
        let replace = "UPDATE registrations SET code_mac = $1, code_expires = $2, tries_left = $3
            WHERE pending_hash = $4";
        let pending_hash = secret_hash(pending);
        let code_mac = self.storage.keys().code_mac(&pending_hash, code).to_vec();
        let values = [code_mac.into(), millis(code_expires).into(), i32::from(tries).into(), pending_hash.into()];
        Ok(execute(&self.db, replace, values).await? > 0)
    }

    /// Tries a code. The try is counted before anything is compared, and of many right tries at
    /// the same time one wins. Commit whatever the answer is, or a wrong try does not count.
    pub async fn registration_confirm(&self, pending: &str, code: &str) -> Result<CodeTry, StorageError> {
        const COUNT: &str = "UPDATE registrations SET tries_left = tries_left - 1
            WHERE pending_hash = $1 AND tries_left > 0 AND code_expires > $2
            RETURNING code_mac";
        let pending_hash = secret_hash(pending);
        let counted = sql(&self.db, COUNT, [pending_hash.as_str().into(), self.millis().into()]);
        let Some(counted) = self.db.query_one_raw(counted).await? else {
            let row = registrations::Entity::find_by_id(pending_hash).one(&self.db).await?;
            return Ok(if row.is_some() { CodeTry::Dead } else { CodeTry::NoRegistration });
        };
        let code_mac: Vec<u8> = counted.try_get_by_index(0)?;
        let row = registrations::Entity::find_by_id(pending_hash.as_str()).one(&self.db).await?;
        let Some(row) = row else { return Ok(CodeTry::NoRegistration) };
        let is_right = is_same(&code_mac, &self.storage.keys().code_mac(&pending_hash, code));
        if !is_right || row.existing {
            return Ok(CodeTry::Wrong { tries_left: tries(row.tries_left)? });
        }
        let take = "DELETE FROM registrations WHERE pending_hash = $1 AND code_mac = $2";
        match execute(&self.db, take, [pending_hash.into(), code_mac.into()]).await? {
            0 => Ok(CodeTry::NoRegistration),
            _ => Ok(CodeTry::Right(self.storage.registration(row)?)),
        }
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

fn tries(stored: i32) -> Result<u8, StorageError> {
    u8::try_from(stored).map_err(|_| StorageError::corrupt("registrations.tries_left is out of range"))
}
