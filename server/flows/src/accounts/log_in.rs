use backend::accounts::{Entry, LogInError, LoggedIn};
use backend::fault::Fault;
use backend::session::{Client, DeviceToken, SessionToken};
use domain::email::comparable;
use domain::ids::AccountId;
use domain::password::MAX;
use storage::accounts::Account;
use storage::audit::NewAudit;
use storage::sessions::NewSession;
use storage::{StorageError, Transaction};

use super::limits::network;
use super::secrets::token;
use super::{AccountFlows, after};
use crate::fault::fault;

/// In bytes.
const LONGEST_ADDRESS: usize = 254;

/// Somebody whose proof was right, on the way in.
pub(super) struct Entering {
    pub account: AccountId,
    /// Of the account when the proof was checked.
    pub epoch: u32,
    /// The browser, if the account has been used in it before.
    pub known_device: Option<DeviceToken>,
    /// The session that the browser had until now.
    pub replaced: Option<SessionToken>,
    /// The language of mails from now on, when it changes.
    pub language: Option<String>,
}

impl AccountFlows {
    pub(super) async fn check_and_log_in(
        &self,
        email: &str,
        password: &str,
        language: &str,
        client: &Client,
    ) -> Result<Entry, LogInError> {
        // No address is so long (RFC 5321, section 4.5.3.1.3); what is counted takes memory.
        let email = if email.len() > LONGEST_ADDRESS { "" } else { email };
        let account = self.storage.account_by_email(email).await.map_err(fault)?;
        let known = self.known_device(account.as_ref(), client).await?;
        self.count_log_in(email, known.as_ref(), client)?;

        // Whoever sends megabytes is refused by the dummy hash of nothing.
        let is_sane = password.len() <= MAX * 16;
        let hash = account.as_ref().filter(|_| is_sane).map(|account| account.password_hash.clone());
        let is_right = self.hashing.is_right(if is_sane { password } else { "" }, hash).await?;
        match account {
            Some(account) if is_right && self.needs_code(account.id, known.as_ref()).await? => {
                self.ask_for_code(&account, language, client).await
            }
            Some(account) if is_right => {
                let tx = self.storage.begin(self.clock.now()).await.map_err(fault)?;
                if known.is_none() {
                    tx.wrong_tries_reset(account.id).await.map_err(fault)?;
                }
                let language = (account.language != language).then(|| super::language(language).tag().to_owned());
                let entering = Entering {
                    account: account.id,
                    epoch: account.epoch,
                    known_device: known,
                    replaced: client.session.clone(),
                    language,
                };
                Ok(Entry::LoggedIn(self.enter(tx, entering).await.map_err(fault)?))
            }
            account => {
                self.count_wrong(account, known.as_ref()).await?;
                Err(LogInError::Wrong)
            }
        }
    }

    /// Whether the right password is not enough. Asked after the hashing, for while that took its
    /// time others may have been guessing.
    async fn needs_code(&self, account: AccountId, known: Option<&DeviceToken>) -> Result<bool, Fault> {
        if known.is_some() {
            return Ok(false);
        }
        let account = self.storage.account_find(account).await.map_err(fault)?;
        Ok(account.is_none_or(|account| account.wrong_tries >= self.settings.wrong_in_a_row))
    }

    /// The browser's secret, if the account has been used with it before.
    pub(super) async fn known_device(
        &self,
        account: Option<&Account>,
        client: &Client,
    ) -> Result<Option<DeviceToken>, Fault> {
        let Some(device) = &client.device else { return Ok(None) };
        // Looked up for an unknown address too, which takes as long.
        let account = account.map_or(AccountId(0), |account| account.id);
        let is_known = self.storage.device_find(&device.0, account).await.map_err(fault)?;
        Ok(is_known.then(|| device.clone()))
    }

    /// A known device has an allowance of its own, so that its holder gets in while others burn
    /// the tries of the account and of the address.
    fn count_log_in(&self, email: &str, known: Option<&DeviceToken>, client: &Client) -> Result<(), Fault> {
        if let Some(device) = known {
            return self.limits.device_log_ins.count(&device.0);
        }
        let network = network(client.address);
        self.limits.log_ins_of_network.count(&network)?;
        self.limits.log_ins.count(&(comparable(email), network))
    }

    /// Counts a wrong password: on a known device for that device, else for the account. Writes
    /// as much when there is nothing to count.
    async fn count_wrong(&self, account: Option<Account>, known: Option<&DeviceToken>) -> Result<(), Fault> {
        let mut tx = self.storage.begin(self.clock.now()).await.map_err(fault)?;
        match (account, known) {
            (Some(account), None) => {
                let count = tx.wrong_tries_add(account.id).await.map_err(fault)?;
                if count == self.settings.wrong_in_a_row {
                    let subject = account.id.to_string();
                    let action = "log-in.code-needed";
                    tx.audit_add(NewAudit { actor: "log-in", action, subject: &subject, detail: "" });
                }
            }
            (_, device) => {
                tx.pretend().await.map_err(fault)?;
                // A stolen device is not a way to guess without end: it is known no longer.
                if let Some(device) = device.filter(|device| self.limits.device_wrong.count(&device.0).is_err()) {
                    tx.device_forget(&device.0).await.map_err(fault)?;
                }
            }
        }
        tx.commit().await.map_err(fault)
    }

    /// Begins a session with a token of its own, ends the one that the browser had, remembers the
    /// device and commits. Only a browser that is known to the account keeps its secret: another
    /// one may have been put there by somebody who would then be known too.
    pub(super) async fn enter(&self, mut tx: Transaction, entering: Entering) -> Result<LoggedIn, StorageError> {
        let Entering { account, epoch, known_device, replaced, language } = entering;
        let session = token(&*self.random);
        let device = known_device.map_or_else(|| token(&*self.random), |device| device.0);
        if let Some(replaced) = replaced {
            self.end(&mut tx, &replaced).await?;
        }
        let absolute_end = after(self.clock.now(), self.settings.session_time);
        tx.session_insert(NewSession { token: &session, account, epoch, absolute_end }).await?;
        tx.device_insert(&device, account).await?;
        if let Some(language) = language {
            tx.account_language_set(account, &language).await?;
        }
        let actor = account.to_string();
        tx.audit_add(NewAudit { actor: &actor, action: "session.began", subject: &actor, detail: "" });
        tx.commit().await?;
        Ok(LoggedIn { session: SessionToken(session), device: DeviceToken(device) })
    }
}
