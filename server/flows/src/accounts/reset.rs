use backend::accounts::ResetError;
use backend::fault::Fault;
use backend::session::Client;
use domain::email::is_email;
use domain::password::check_password;
use storage::audit::NewAudit;
use storage::tokens::{NewToken, Purpose};

use super::common::is_common;
use super::limits::network;
use super::mail_budget::{MailPurpose, Requester};
use super::secrets::token;
use super::{AccountFlows, after, language};
use crate::fault::fault;
use crate::mail::{Recipient, Template, compose, lifetime, moment};

impl AccountFlows {
    pub(super) async fn send_reset_link(&self, email: &str, tag: &str, client: &Client) -> Result<(), ResetError> {
        let email = email.trim();
        if !is_email(email) {
            return Err(ResetError::NotEmail);
        }
        let network = network(client.address);
        self.limits.resets_of_network.count(&network)?;
        let account = self.storage.account_by_email(email).await.map_err(fault)?;
        let known = self.known_device(account.as_ref(), client).await?;
        let requester = known.map_or(Requester::Network(network), |device| Requester::KnownDevice(device.0));
        self.limits.mails.count(MailPurpose::Reset, email, requester)?;

        let now = self.clock.now();
        let token = token(&*self.random);
        let language = language(tag);
        let link = self.post.link(language, &format!("/reset/{token}"));
        let lifetime = lifetime(language, self.settings.reset_life);
        let letter = compose(Template::Reset, language, &[("link", &link), ("lifetime", &lifetime)]);
        let tx = self.storage.begin(now).await.map_err(fault)?;
        match account {
            Some(account) => {
                tx.token_insert(NewToken {
                    token: &token,
                    purpose: Purpose::Reset,
                    account: account.id,
                    application: None,
                    expires: after(now, self.settings.reset_life),
                })
                .await
                .map_err(fault)?;
                // To the address as the holder wrote it, not as it was typed now.
                let recipient = Recipient::holder(&account.email, account.id);
                self.post.queue(&tx, &letter, recipient).await.map_err(fault)?;
            }
            // The same work, without a trace.
            None => {
                tx.pretend().await.map_err(fault)?;
                let written = self.post.queue(&tx, &letter, Recipient::stranger(email)).await.map_err(fault)?;
                if let Some(written) = written {
                    tx.message_take_back(&written).await.map_err(fault)?;
                }
            }
        }
        Ok(tx.commit().await.map_err(fault)?)
    }

    pub(super) async fn is_reset_open(&self, token: &str) -> Result<bool, Fault> {
        let found = self.storage.token_find(token, Purpose::Reset, self.clock.now()).await.map_err(fault)?;
        Ok(found.is_some())
    }

    pub(super) async fn set_password(&self, token: &str, password: &str) -> Result<(), ResetError> {
        let found = self.storage.token_find(token, Purpose::Reset, self.clock.now()).await.map_err(fault)?;
        let account = found.ok_or(ResetError::Dead)?.account;
        let account = self.storage.account_find(account).await.map_err(fault)?.ok_or(ResetError::Dead)?;
        check_password(password, &account.email, is_common).map_err(ResetError::Password)?;
        let password_hash = self.hashing.hash(password).await?;

        let now = self.clock.now();
        let mut tx = self.storage.begin(now).await.map_err(fault)?;
        // The link is used up here and not before, so that a refused password does not cost it.
        if tx.token_use(token, Purpose::Reset).await.map_err(fault)?.is_none() {
            return Err(ResetError::Dead);
        }
        tx.password_set(account.id, &password_hash).await.map_err(fault)?;
        let language = language(&account.language);
        let (time, link) = (moment(language, now, &self.zone), self.post.link(language, "/reset"));
        let letter = compose(Template::PasswordChanged, language, &[("time", &time), ("link", &link)]);
        let recipient = Recipient::holder(&account.email, account.id);
        self.post.queue(&tx, &letter, recipient).await.map_err(fault)?;
        let actor = account.id.to_string();
        tx.audit_add(NewAudit { actor: &actor, action: "password.changed", subject: &actor, detail: "by mailed link" });
        Ok(tx.commit().await.map_err(fault)?)
    }
}
