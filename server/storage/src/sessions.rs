//! Sessions.

use domain::ids::AccountId;
use jiff::{SignedDuration, Timestamp};
use sea_orm::{ConnectionTrait, QueryResult};

use crate::accounts::email_place;
use crate::connect::Storage;
use crate::entities::{insert, sessions};
use crate::error::StorageError;
use crate::keys::secret_hash;
use crate::sql::{execute, id, millis, sql, stored_count, time};
use crate::transaction::Transaction;

/// A session whose absolute end has not come and whose account has not ended it. Whether it has
/// been idle for too long is the caller's to say.
#[derive(Clone, Debug)]
pub struct Session {
    pub account: AccountId,
    pub email: String,
    /// BCP 47 tag for the mails.
    pub language: String,
    pub created: Timestamp,
    /// Up to a minute behind the true last activity when it was read.
    pub last_activity: Timestamp,
    pub absolute_end: Timestamp,
    /// When the time of the page that was opened last is up, in whichever window that was.
    pub page_end: Timestamp,
    pub(crate) token_hash: String,
    activity_step: SignedDuration,
}

#[derive(Clone, Copy)]
pub struct NewSession<'a> {
    /// The secret of the cookie.
    pub token: &'a str,
    pub account: AccountId,
    /// The account's epoch, read together with the password that was checked.
    pub epoch: u32,
    pub absolute_end: Timestamp,
}

impl Storage {
    pub async fn session_find(&self, token: &str, now: Timestamp) -> Result<Option<Session>, StorageError> {
        const FIND: &str = "SELECT s.created, s.last_activity, s.absolute_end, a.id, a.email, a.language, s.page_end
            FROM sessions s JOIN accounts a ON a.id = s.account AND a.epoch = s.epoch
            WHERE s.token_hash = $1 AND s.absolute_end > $2";
        let hash = secret_hash(token);
        let statement = sql(self.read(), FIND, [hash.as_str().into(), millis(now).into()]);
        let row = self.read().query_one_raw(statement).await?;
        row.map(|row| self.session(&row, hash)).transpose()
    }

    /// Counts as activity: the idle time starts anew. Costs nothing when the last activity is
    /// younger than a step ([`Storage::set_activity_step`]).
    pub async fn session_touch(&self, session: &mut Session, now: Timestamp) -> Result<(), StorageError> {
        if session.is_due(now) {
            self.saves().touch(&session.token_hash, millis(now)).await?;
        }
        session.last_activity = now;
        Ok(())
    }

    /// Gives the pages of the session time until `page_end`, in all windows. Counts as activity.
    pub async fn session_page_renew(
        &self,
        session: &mut Session,
        page_end: Timestamp,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let statement = self.saves().renew_statement(&session.token_hash, millis(page_end), millis(now));
        self.saves().save(vec![statement]).await?;
        session.page_end = session.page_end.max(page_end);
        session.last_activity = now;
        Ok(())
    }

    /// Reads the first seven columns: created, last activity, absolute end, account, address,
    /// language, end of the page's time.
    pub(crate) fn session(&self, row: &QueryResult, token_hash: String) -> Result<Session, StorageError> {
        let account: String = row.try_get_by_index(3)?;
        let email: Vec<u8> = row.try_get_by_index(4)?;
        Ok(Session {
            account: id(&account)?,
            email: self.keys().address.open_text(email_place(&account), &email)?,
            language: row.try_get_by_index(5)?,
            created: time(row.try_get_by_index(0)?)?,
            last_activity: time(row.try_get_by_index(1)?)?,
            absolute_end: time(row.try_get_by_index(2)?)?,
            page_end: time(row.try_get_by_index(6)?)?,
            token_hash,
            activity_step: self.activity_step(),
        })
    }
}

impl Session {
    pub(crate) fn is_due(&self, now: Timestamp) -> bool {
        now.duration_since(self.last_activity) >= self.activity_step
    }
}

impl Transaction {
    pub async fn session_insert(&self, new: NewSession<'_>) -> Result<(), StorageError> {
        let row = sessions::Model {
            token_hash: secret_hash(new.token),
            account: new.account.to_string(),
            epoch: stored_count(new.epoch),
            created: self.millis(),
            last_activity: self.millis(),
            absolute_end: millis(new.absolute_end),
            // No page has been opened yet.
            page_end: self.millis(),
        };
        insert(&self.db, row).await
    }

    /// Ends the session; answers whose it was, if there was one.
    pub async fn session_delete(&self, token: &str) -> Result<Option<AccountId>, StorageError> {
        let delete = "DELETE FROM sessions WHERE token_hash = $1 RETURNING account";
        let row = self.db.query_one_raw(sql(&self.db, delete, [secret_hash(token).into()])).await?;
        row.map(|row| id(&row.try_get_by_index::<String>(0)?)).transpose()
    }

    /// Removes sessions that have ended or had no activity since `idle_before`; answers how many.
    pub async fn sessions_purge(&self, idle_before: Timestamp) -> Result<u64, StorageError> {
        let purge = "DELETE FROM sessions WHERE absolute_end <= $1 OR last_activity <= $2";
        execute(&self.db, purge, [self.millis().into(), millis(idle_before).into()]).await
    }
}
