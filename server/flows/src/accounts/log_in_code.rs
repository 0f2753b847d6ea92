//! The second half of a log-in after many wrong passwords: a mailed code.
//!
//! Wrong passwords never lock anybody out. After many in a row a guessed password is worth nothing
//! without the holder's mailbox, and the holder needs one step more, in browsers that are not known.

use backend::accounts::{CodeError, Entry, LogInError, LoggedIn};
use backend::fault::Fault;
use backend::session::{Client, PendingToken};
use storage::accounts::Account;
use storage::audit::NewAudit;
use storage::pending_log_ins::{NewPendingLogIn, PendingLogIn};

use super::limits::network;
use super::log_in::Entering;
use super::mail_budget::{MailPurpose, Requester};
use super::secrets::{code, token};
use super::{AccountFlows, after, codes, language};
use crate::fault::fault;
use crate::mail::{Letter, Recipient, Template, compose, lifetime};

impl AccountFlows {
    /// Mails a code to the holder; the right password has been entered.
    pub(super) async fn ask_for_code(
        &self,
        account: &Account,
        tag: &str,
        client: &Client,
    ) -> Result<Entry, LogInError> {
        self.count_code(account, client)?;
        let now = self.clock.now();
        let (pending, code) = (token(&*self.random), code(&*self.random));
        let mut tx = self.storage.begin(now).await.map_err(fault)?;
        tx.pending_log_in_insert(NewPendingLogIn {
            pending: &pending,
            account: account.id,
            epoch: account.epoch,
            language: language(tag).tag(),
            code: &code,
            code_expires: after(now, self.settings.log_in_code_life),
            tries: self.settings.code_tries,
        })
        .await
        .map_err(fault)?;
        let letter = self.log_in_letter(&code, tag);
        self.post.queue(&tx, &letter, Recipient::holder(&account.email, account.id)).await.map_err(fault)?;
        let actor = account.id.to_string();
        tx.audit_add(NewAudit { actor: &actor, action: "log-in.code-sent", subject: &actor, detail: "" });
        tx.commit().await.map_err(fault)?;
        Ok(Entry::NeedsCode(PendingToken(pending)))
    }

    pub(super) async fn find_pending_log_in(&self, pending: &PendingToken) -> Result<Option<String>, Fault> {
        Ok(self.waiting_log_in(pending).await?.map(|(_, account)| account.email))
    }

    pub(super) async fn send_new_log_in_code(&self, pending: &PendingToken, client: &Client) -> Result<(), CodeError> {
        let (waiting, account) = self.waiting_log_in(pending).await?.ok_or(CodeError::NothingWaits)?;
        self.count_code(&account, client)?;
        let now = self.clock.now();
        let code = code(&*self.random);
        let (expires, tries) = (after(now, self.settings.log_in_code_life), self.settings.code_tries);
        let tx = self.storage.begin(now).await.map_err(fault)?;
        if !tx.pending_log_in_code_replace(&pending.0, &code, expires, tries).await.map_err(fault)? {
            return Err(CodeError::NothingWaits);
        }
        let letter = self.log_in_letter(&code, &waiting.language);
        self.post.queue(&tx, &letter, Recipient::holder(&account.email, account.id)).await.map_err(fault)?;
        Ok(tx.commit().await.map_err(fault)?)
    }

    /// Begins the session and the row of wrong passwords anew.
    pub(super) async fn log_in_with_code(
        &self,
        pending: &PendingToken,
        typed: &str,
        client: &Client,
    ) -> Result<LoggedIn, CodeError> {
        let now = self.clock.now();
        let Some(code) = codes::read(typed) else {
            let (waiting, _) = self.waiting_log_in(pending).await?.ok_or(CodeError::NothingWaits)?;
            return Err(codes::slip(waiting.tries_left, waiting.code_expires, now));
        };
        let tx = self.storage.begin(now).await.map_err(fault)?;
        let tried = tx.pending_log_in_confirm(&pending.0, &code).await.map_err(fault)?;
        let (tx, waiting) = codes::accepted(tx, tried).await?;
        tx.wrong_tries_reset(waiting.account).await.map_err(fault)?;
        let entering = Entering {
            account: waiting.account,
            epoch: waiting.epoch,
            known_device: None,
            replaced: client.session.clone(),
            language: Some(waiting.language),
        };
        Ok(self.enter(tx, entering).await.map_err(fault)?)
    }

    async fn waiting_log_in(&self, pending: &PendingToken) -> Result<Option<(PendingLogIn, Account)>, Fault> {
        let Some(waiting) = self.storage.pending_log_in_find(&pending.0).await.map_err(fault)? else { return Ok(None) };
        let account = self.storage.account_find(waiting.account).await.map_err(fault)?;
        Ok(account.map(|account| (waiting, account)))
    }

    fn count_code(&self, account: &Account, client: &Client) -> Result<(), Fault> {
        let requester = Requester::Network(network(client.address));
        self.limits.mails.count(MailPurpose::LogIn, &account.email, requester)
    }

    fn log_in_letter(&self, code: &str, tag: &str) -> Letter {
        let language = language(tag);
        let lifetime = lifetime(language, self.settings.log_in_code_life);
        compose(Template::LogInCode, language, &[("code", code), ("lifetime", &lifetime)])
    }
}
