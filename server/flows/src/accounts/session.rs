use std::time::Duration;

use backend::fault::Fault;
use backend::session::{Session, SessionToken};
use jiff::Timestamp;
use storage::audit::NewAudit;
use storage::sessions::Session as Stored;

use super::{AccountFlows, after};
use crate::fault::fault;

/// The session as the pages see it, unless it has been idle for too long.
///
/// Activity is written once a minute, so that the end may come up to a minute before its time,
/// never after it.
pub fn alive(stored: &Stored, now: Timestamp, idle_time: Duration) -> Option<Session> {
    let idle_end = after(stored.last_activity, idle_time);
    (now < idle_end && now < stored.absolute_end).then(|| Session {
        account: stored.account,
        email: stored.email.clone(),
        language: stored.language.clone(),
        idle_end: idle_end.min(stored.absolute_end),
        absolute_end: stored.absolute_end,
        page_end: stored.page_end,
    })
}

impl AccountFlows {
    pub(super) async fn find_session(&self, token: &SessionToken) -> Result<Option<(Stored, Session)>, Fault> {
        let now = self.clock.now();
        let stored = self.storage.session_find(&token.0, now).await.map_err(fault)?;
        Ok(stored.and_then(|stored| alive(&stored, now, self.settings.idle_time).map(|session| (stored, session))))
    }

    pub(super) async fn find_and_extend(&self, token: &SessionToken) -> Result<Option<Session>, Fault> {
        let Some((mut stored, _)) = self.find_session(token).await? else { return Ok(None) };
        let now = self.clock.now();
        self.storage.session_touch(&mut stored, now).await.map_err(fault)?;
        Ok(alive(&stored, now, self.settings.idle_time))
    }

    pub(super) async fn end_session(&self, token: &SessionToken) -> Result<(), Fault> {
        let now = self.clock.now();
        let account = self.storage.session_find(&token.0, now).await.map_err(fault)?.map(|session| session.account);
        let mut tx = self.storage.begin(now).await.map_err(fault)?;
        tx.session_delete(&token.0).await.map_err(fault)?;
        if let Some(account) = account {
            let account = account.to_string();
            tx.audit_add(NewAudit { actor: &account, action: "session.ended", subject: &account, detail: "" });
        }
        tx.commit().await.map_err(fault)
    }
}
