//! Accounts.

use domain::ids::AccountId;
use jiff::Timestamp;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Value};

use crate::connect::Storage;
use crate::entities::{accounts, insert};
use crate::error::StorageError;
use crate::seal::Place;
use crate::sql::{count, execute, id, sql, time};
use crate::transaction::Transaction;

/// An account as it is stored.
#[derive(Clone)]
pub struct Account {
    pub id: AccountId,
    /// The address as it was entered.
    pub email: String,
    /// A PHC string.
    pub password_hash: String,
    /// BCP 47 tag for the mails.
    pub language: String,
    /// Give it to [`crate::sessions::NewSession`]: a password changed meanwhile counts it up.
    pub epoch: u32,
    /// Wrong passwords in a row.
    pub wrong_tries: u32,
    pub created: Timestamp,
}

#[derive(Clone, Copy)]
pub struct NewAccount<'a> {
    pub id: AccountId,
    pub email: &'a str,
    pub password_hash: &'a str,
    pub language: &'a str,
}

impl Storage {
    pub async fn account_find(&self, id: AccountId) -> Result<Option<Account>, StorageError> {
        let row = accounts::Entity::find_by_id(id.to_string()).one(self.read()).await?;
        row.map(|row| self.account(row)).transpose()
    }

    /// The account with this address, however it is capitalised.
    pub async fn account_by_email(&self, email: &str) -> Result<Option<Account>, StorageError> {
        let hash = self.keys().address_hash(email);
        let row = accounts::Entity::find().filter(accounts::Column::EmailHash.eq(hash)).one(self.read()).await?;
        row.map(|row| self.account(row)).transpose()
    }

    fn account(&self, row: accounts::Model) -> Result<Account, StorageError> {
        Ok(Account {
            id: id(&row.id)?,
            email: self.keys().address.open_text(email_place(&row.id), &row.email)?,
            password_hash: row.password_hash,
            language: row.language,
            epoch: count(row.epoch)?,
            wrong_tries: count(row.wrong_tries)?,
            created: time(row.created)?,
        })
    }
}

impl Transaction {
    /// # Errors
    /// `Taken` when the address has an account.
    pub async fn account_insert(&self, new: NewAccount<'_>) -> Result<(), StorageError> {
        let id = new.id.to_string();
        let keys = self.storage.keys();
        let email = keys.address.seal(self.storage.random(), email_place(&id), new.email.as_bytes())?;
        let row = accounts::Model {
            id,
            email,
            email_hash: keys.address_hash(new.email),
            password_hash: new.password_hash.to_owned(),
            language: new.language.to_owned(),
            epoch: 1,
            wrong_tries: 0,
            created: self.millis(),
            starts_used_until: 0,
        };
        insert(&self.db, row).await
    }

    /// Sets a new password: every session ends, links for a new password are used up, and wrong
    /// tries are forgotten. Answers whether the account exists.
    pub async fn password_set(&self, account: AccountId, password_hash: &str) -> Result<bool, StorageError> {
        let id = || Value::from(account.to_string());
        let set = "UPDATE accounts SET password_hash = $1, epoch = epoch + 1, wrong_tries = 0 WHERE id = $2";
        if execute(&self.db, set, [password_hash.into(), id()]).await? == 0 {
            return Ok(false);
        }
        self.entrances_close(account).await?;
        let use_up = "UPDATE tokens SET used_at = $1 WHERE account = $2 AND purpose = 'reset' AND used_at IS NULL";
        execute(&self.db, use_up, [self.millis().into(), id()]).await?;
        Ok(true)
    }

    /// Ends every session of the account, and every log-in that waits for its code.
    pub async fn sessions_end(&self, account: AccountId) -> Result<(), StorageError> {
        // The epoch ends those too that are just being begun.
        let end = "UPDATE accounts SET epoch = epoch + 1 WHERE id = $1";
        execute(&self.db, end, [account.to_string().into()]).await?;
        self.entrances_close(account).await
    }

    async fn entrances_close(&self, account: AccountId) -> Result<(), StorageError> {
        for table in ["sessions", "pending_log_ins"] {
            let delete = format!("DELETE FROM {table} WHERE account = $1");
            execute(&self.db, delete, [account.to_string().into()]).await?;
        }
        Ok(())
    }

    /// Counts a wrong password; answers how many there were in a row.
    pub async fn wrong_tries_add(&self, account: AccountId) -> Result<u32, StorageError> {
        let add = "UPDATE accounts SET wrong_tries = wrong_tries + 1 WHERE id = $1 RETURNING wrong_tries";
        let row = sea_orm::ConnectionTrait::query_one_raw(&self.db, sql(&self.db, add, [account.to_string().into()]));
        row.await?.map_or(Ok(0), |row| count(row.try_get_by_index(0)?))
    }

    /// Writes as much as [`Self::wrong_tries_add`] and changes nothing, so that the time that an
    /// answer takes does not tell whether an address has an account.
    pub async fn pretend(&self) -> Result<(), StorageError> {
        execute(&self.db, "UPDATE audit_head SET seq = seq WHERE id = 1", []).await?;
        Ok(())
    }

    /// The language of mails from now on, as a BCP 47 tag.
    pub async fn account_language_set(&self, account: AccountId, language: &str) -> Result<(), StorageError> {
        let set = "UPDATE accounts SET language = $1 WHERE id = $2";
        execute(&self.db, set, [language.into(), account.to_string().into()]).await?;
        Ok(())
    }

    /// The password was right.
    pub async fn wrong_tries_reset(&self, account: AccountId) -> Result<(), StorageError> {
        let reset = "UPDATE accounts SET wrong_tries = 0 WHERE id = $1 AND wrong_tries > 0";
        execute(&self.db, reset, [account.to_string().into()]).await?;
        Ok(())
    }
}

pub(crate) fn email_place(id: &str) -> Place<'_> {
    Place { table: "accounts", id, column: "email", version: 1 }
}
