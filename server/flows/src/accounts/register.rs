use std::net::IpAddr;

use backend::accounts::{CodeError, LoggedIn, RegisterError, Registration};
use backend::session::{Client, PendingToken};
use domain::email::is_email;
use domain::ids::AccountId;
use domain::password::check_password;
use i18n::Language;
use storage::accounts::NewAccount;
use storage::audit::NewAudit;
use storage::registrations::{NewRegistration, Registration as Waiting};
use storage::{StorageError, Transaction};

use super::common::is_common;
use super::log_in::Entering;
use super::mail_budget::{MailPurpose, Requester};
use super::secrets::{code, token};
use super::{AccountFlows, after, codes, language};
use crate::fault::fault;
use crate::mail::{Letter, Recipient, Template, compose, lifetime};

impl AccountFlows {
    pub(super) async fn begin_registration(
        &self,
        new: Registration,
        network: IpAddr,
    ) -> Result<PendingToken, RegisterError> {
        let email = new.email.trim();
        if !is_email(email) {
            return Err(RegisterError::NotEmail);
        }
        check_password(&new.password, email, is_common).map_err(RegisterError::Password)?;
        self.limits.registrations_of_network.count(&network)?;
        self.limits.mails.count(MailPurpose::Registration, email, Requester::Network(network))?;
        let password_hash = self.hashing.hash(&new.password).await?;

        let now = self.clock.now();
        let existing = self.storage.account_by_email(email).await.map_err(fault)?.is_some();
        let pending = token(&*self.random);
        let code = code(&*self.random);
        let language = language(&new.language);
        let letter = self.registration_letter(existing, &code, language);
        let tx = self.storage.begin(now).await.map_err(fault)?;
        tx.registration_insert(NewRegistration {
            pending: &pending,
            email,
            password_hash: &password_hash,
            language: language.tag(),
            existing,
            code: &code,
            code_expires: after(now, self.settings.code_life),
            tries: self.settings.code_tries,
        })
        .await
        .map_err(fault)?;
        self.post.queue(&tx, &letter, Recipient::stranger(email)).await.map_err(fault)?;
        tx.commit().await.map_err(fault)?;
        Ok(PendingToken(pending))
    }

    pub(super) async fn send_new_code(&self, pending: &PendingToken, network: IpAddr) -> Result<(), CodeError> {
        let waiting = self.storage.registration_find(&pending.0).await.map_err(fault)?;
        let waiting = waiting.ok_or(CodeError::NothingWaits)?;
        self.limits.registrations_of_network.count(&network)?;
        self.limits.mails.count(MailPurpose::Registration, &waiting.email, Requester::Network(network))?;

        let now = self.clock.now();
        // The account may have come into being since, by another browser.
        let existing = self.storage.account_by_email(&waiting.email).await.map_err(fault)?.is_some();
        let code = code(&*self.random);
        let letter = self.registration_letter(existing || waiting.existing, &code, language(&waiting.language));
        let expires = after(now, self.settings.code_life);
        let tx = self.storage.begin(now).await.map_err(fault)?;
        let replaced = tx.registration_code_replace(&pending.0, &code, expires, self.settings.code_tries).await;
        if !replaced.map_err(fault)? {
            return Err(CodeError::NothingWaits);
        }
        self.post.queue(&tx, &letter, Recipient::stranger(&waiting.email)).await.map_err(fault)?;
        Ok(tx.commit().await.map_err(fault)?)
    }

    pub(super) async fn create_account(
        &self,
        pending: &PendingToken,
        typed: &str,
        client: &Client,
    ) -> Result<LoggedIn, CodeError> {
        let now = self.clock.now();
        let Some(code) = codes::read(typed) else {
            let waiting = self.storage.registration_find(&pending.0).await.map_err(fault)?;
            let waiting = waiting.ok_or(CodeError::NothingWaits)?;
            return Err(codes::slip(waiting.tries_left, waiting.code_expires, now));
        };
        let tx = self.storage.begin(now).await.map_err(fault)?;
        let tried = tx.registration_confirm(&pending.0, &code).await.map_err(fault)?;
        let (tx, waiting) = codes::accepted(tx, tried).await?;
        match self.open_account(tx, &waiting, client).await {
            // Another browser was faster with the same address. Nothing has been changed.
            Err(StorageError::Taken) => Err(CodeError::Dead),
            opened => Ok(opened.map_err(fault)?),
        }
    }

    async fn open_account(
        &self,
        mut tx: Transaction,
        waiting: &Waiting,
        client: &Client,
    ) -> Result<LoggedIn, StorageError> {
        let id = AccountId(u128::from_be_bytes(self.random.bytes()));
        tx.account_insert(NewAccount {
            id,
            email: &waiting.email,
            password_hash: &waiting.password_hash,
            language: &waiting.language,
        })
        .await?;
        let actor = id.to_string();
        tx.audit_add(NewAudit { actor: &actor, action: "account.created", subject: &actor, detail: "" });
        let replaced = client.session.clone();
        // A new account begins at epoch 1, and is known to no browser yet.
        self.enter(tx, Entering { account: id, epoch: 1, known_device: None, replaced, language: None }).await
    }

    /// The code, or to the holder of an account that there is one.
    fn registration_letter(&self, existing: bool, code: &str, language: Language) -> Letter {
        if existing {
            // That page leads to a new password too.
            let link = self.post.link(language, "/login?after=registering");
            compose(Template::AlreadyRegistered, language, &[("link", &link)])
        } else {
            let lifetime = lifetime(language, self.settings.code_life);
            compose(Template::Code, language, &[("code", code), ("lifetime", &lifetime)])
        }
    }
}
