//! Six-digit codes that were mailed, and what waits for them in the browser that asked.

use jiff::Timestamp;
use sea_orm::ConnectionTrait;

use crate::error::StorageError;
use crate::keys::{is_same, secret_hash};
use crate::sql::{count, execute, millis, sql};
use crate::transaction::Transaction;

/// What came of trying a code. The try is counted before anything is compared, and of many right
/// tries at the same time one wins. Commit whatever it is, or a wrong try does not count.
pub enum CodeTry<T> {
    /// It was right, and what waited for it is gone.
    Right(T),
    Wrong {
        tries_left: u8,
    },
    /// Too old or tried too often.
    Dead,
    NothingWaits,
}

/// What waits for a code. Its row is found by the hash of the browser's secret.
#[derive(Clone, Copy)]
pub(crate) enum Waiting {
    Registration,
    LogIn,
}

impl<T> CodeTry<T> {
    pub(crate) fn map<U>(self, right: impl FnOnce(T) -> Result<U, StorageError>) -> Result<CodeTry<U>, StorageError> {
        Ok(match self {
            Self::Right(value) => CodeTry::Right(right(value)?),
            Self::Wrong { tries_left } => CodeTry::Wrong { tries_left },
            Self::Dead => CodeTry::Dead,
            Self::NothingWaits => CodeTry::NothingWaits,
        })
    }
}

impl Transaction {
    pub(crate) async fn code_try(
        &self,
        waiting: Waiting,
        pending: &str,
        code: &str,
    ) -> Result<CodeTry<()>, StorageError> {
        let table = waiting.table();
        let pending_hash = secret_hash(pending);
        let count_try = format!(
            "UPDATE {table} SET tries_left = tries_left - 1
            WHERE pending_hash = $1 AND tries_left > 0 AND code_expires > $2
            RETURNING code_mac, tries_left"
        );
        let counted = sql(&self.db, count_try, [pending_hash.as_str().into(), self.millis().into()]);
        let Some(counted) = self.db.query_one_raw(counted).await? else {
            let find = format!("SELECT 1 FROM {table} WHERE pending_hash = $1");
            let found = self.db.query_one_raw(sql(&self.db, find, [pending_hash.into()])).await?;
            return Ok(if found.is_some() { CodeTry::Dead } else { CodeTry::NothingWaits });
        };
        let code_mac: Vec<u8> = counted.try_get_by_index(0)?;
        if !is_same(&code_mac, &self.storage.keys().code_mac(&pending_hash, code)) {
            return Ok(CodeTry::Wrong { tries_left: tries(counted.try_get_by_index(1)?)? });
        }
        let take = format!("DELETE FROM {table} WHERE pending_hash = $1 AND code_mac = $2");
        let taken = execute(&self.db, take, [pending_hash.into(), code_mac.into()]).await?;
        Ok(if taken == 0 { CodeTry::NothingWaits } else { CodeTry::Right(()) })
    }

    /// Puts a new code in place of the old one; answers whether anything waits for one.
    pub(crate) async fn code_replace(
        &self,
        waiting: Waiting,
        pending: &str,
        code: &str,
        code_expires: Timestamp,
        tries: u8,
    ) -> Result<bool, StorageError> {
        let table = waiting.table();
        let replace =
            format!("UPDATE {table} SET code_mac = $1, code_expires = $2, tries_left = $3 WHERE pending_hash = $4");
        let pending_hash = secret_hash(pending);
        let code_mac = self.storage.keys().code_mac(&pending_hash, code).to_vec();
        let values = [code_mac.into(), millis(code_expires).into(), i32::from(tries).into(), pending_hash.into()];
        Ok(execute(&self.db, replace, values).await? > 0)
    }
}

impl Waiting {
    fn table(self) -> &'static str {
        match self {
            Self::Registration => "registrations",
            Self::LogIn => "pending_log_ins",
        }
    }
}

pub(crate) fn tries(stored: i32) -> Result<u8, StorageError> {
    count(stored)?.try_into().map_err(|_| StorageError::corrupt("tries_left is out of range"))
}
