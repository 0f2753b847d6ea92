//! How many drafts an account may start.

use domain::ids::AccountId;
use domain::state::State;
use jiff::SignedDuration;
use sea_orm::ConnectionTrait;

use crate::error::StorageError;
use crate::sql::{execute, sql};
use crate::transaction::Transaction;

/// The limits of one account.
#[derive(Clone, Copy, Debug)]
pub struct StartLimits {
    /// Drafts of one service that may be open at the same time.
    pub open: u32,
    /// The allowance for one start is back after so long …
    pub each: SignedDuration,
    /// … and after so long all of it is.
    pub per: SignedDuration,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Starting {
    /// It has been counted.
    Allowed,
    /// So many drafts of the service are open.
    TooMany,
    /// The next may be started after so long.
    TooOften(SignedDuration),
}

impl Transaction {
    /// Counts the start of a draft, or says why there may be none; then drop the transaction. A
    /// draft that is deleted still counts as started. Of many starts at the same time each sees
    /// those before it: they take turns at the account's row.
    pub async fn draft_start_count(
        &self,
        account: AccountId,
        service: &str,
        limits: StartLimits,
    ) -> Result<Starting, StorageError> {
        // One time stands for the whole allowance: each start moves it on by its share from now,
        // or from where it stands, and it may stand at most the whole length ahead. (The generic
        // cell rate algorithm, ITU-T I.371.)
        const COUNT: &str = "UPDATE accounts
            SET starts_used_until = CASE WHEN starts_used_until > $1 THEN starts_used_until ELSE $1 END + $2
            WHERE id = $3 AND starts_used_until <= $4";
        let each = whole_millis(limits.each);
        let latest = self.millis().saturating_add(whole_millis(limits.per)).saturating_sub(each);
        let id = account.to_string();
        let values = [self.millis().into(), each.into(), id.as_str().into(), latest.into()];
        if execute(&self.db, COUNT, values).await? == 0 {
            let used_until = "SELECT starts_used_until FROM accounts WHERE id = $1";
            let row = self.db.query_one_raw(sql(&self.db, used_until, [id.into()])).await?;
            let used_until: i64 = row.map_or(Ok(latest), |row| row.try_get_by_index(0))?;
            return Ok(Starting::TooOften(SignedDuration::from_millis(used_until.saturating_sub(latest))));
        }
        let is_full = self.drafts_open(account, service, limits.open).await? >= i64::from(limits.open);
        Ok(if is_full { Starting::TooMany } else { Starting::Allowed })
    }

    /// How many drafts of the service are open, counted up to `limit`.
    async fn drafts_open(&self, account: AccountId, service: &str, limit: u32) -> Result<i64, StorageError> {
        const OPEN: &str = "SELECT count(*) FROM (
                SELECT 1 FROM applications
                WHERE account = $1 AND state = $2 AND service = $3 LIMIT $4
            ) AS open";
        let values =
            [account.to_string().into(), State::Draft.as_str().into(), service.into(), i64::from(limit).into()];
        let row = self.db.query_one_raw(sql(&self.db, OPEN, values)).await?;
        Ok(row.map_or(Ok(0), |row| row.try_get_by_index(0))?)
    }
}

fn whole_millis(length: SignedDuration) -> i64 {
    i64::try_from(length.as_millis()).unwrap_or(i64::MAX)
}
