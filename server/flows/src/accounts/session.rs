use std::time::Duration;

use backend::fault::Fault;
use backend::session::{Client, Session, SessionToken};
use jiff::Timestamp;
use storage::audit::NewAudit;
use storage::sessions::Session as Stored;
use storage::{StorageError, Transaction};

use super::{AccountFlows, after};
use crate::fault::fault;

/// Whether the session has been neither idle for too long nor open for too long.
pub(crate) fn is_alive(stored: &Stored, now: Timestamp, idle_time: Duration) -> bool {
    now < idle_end(stored, idle_time)
}

/// The session as the pages see it.
pub(crate) fn as_shown(stored: &Stored, idle_time: Duration) -> Session {
    Session {
        account: stored.account,
        email: stored.email.clone(),
        language: stored.language.clone(),
        idle_end: idle_end(stored, idle_time),
        absolute_end: stored.absolute_end,
        page_end: stored.page_end,
    }
}

/// Activity is written once a minute, so that the end may come up to a minute before its time,
/// never after it.
fn idle_end(stored: &Stored, idle_time: Duration) -> Timestamp {
    after(stored.last_activity, idle_time).min(stored.absolute_end)
}

impl AccountFlows {
    pub(super) async fn find_session(&self, token: &SessionToken) -> Result<Option<Stored>, Fault> {
        let now = self.clock.now();
        let stored = self.storage.session_find(&token.0, now).await.map_err(fault)?;
        Ok(stored.filter(|stored| is_alive(stored, now, self.settings.idle_time)))
    }

    pub(super) async fn find_and_extend(&self, token: &SessionToken) -> Result<Option<Session>, Fault> {
        let Some(mut stored) = self.find_session(token).await? else { return Ok(None) };
        let now = self.clock.now();
        self.storage.session_touch(&mut stored, now).await.map_err(fault)?;
        Ok(Some(as_shown(&stored, self.settings.idle_time)))
    }

    pub(super) async fn end_session(&self, token: &SessionToken) -> Result<(), Fault> {
        let mut tx = self.storage.begin(self.clock.now()).await.map_err(fault)?;
        self.end(&mut tx, token).await.map_err(fault)?;
        tx.commit().await.map_err(fault)
    }

    /// Ends a session, if there is such a one, as a part of what else happens.
    pub(super) async fn end(&self, tx: &mut Transaction, token: &SessionToken) -> Result<(), StorageError> {
        if let Some(account) = tx.session_delete(&token.0).await? {
            let account = account.to_string();
            tx.audit_add(NewAudit { actor: &account, action: "session.ended", subject: &account, detail: "" });
        }
        Ok(())
    }

    /// Whoever logs out everywhere may have left a session, or a browser that is known, in a place
    /// that others come to.
    pub(super) async fn end_all_sessions(&self, token: &SessionToken, client: &Client) -> Result<bool, Fault> {
        let Some(session) = self.find_session(token).await? else { return Ok(false) };
        let kept = client.device.as_ref().map_or("", |device| device.0.as_str());
        let mut tx = self.storage.begin(self.clock.now()).await.map_err(fault)?;
        tx.sessions_end(session.account).await.map_err(fault)?;
        tx.devices_forget(session.account, kept).await.map_err(fault)?;
        let account = session.account.to_string();
        tx.audit_add(NewAudit { actor: &account, action: "session.all-ended", subject: &account, detail: "" });
        tx.commit().await.map_err(fault)?;
        Ok(true)
    }
}
