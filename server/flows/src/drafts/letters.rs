//! The mails about drafts and applications.

use backend::fault::Fault;
use domain::form::Form;
use domain::ids::{AccountId, ApplicationId};
use i18n::{Language, format};
use jiff::Timestamp;
use storage::applications::{Application, Submission};
use storage::messages::{Channel, MessageId, NewMessage};
use storage::{StorageError, Transaction};

use super::DraftFlows;
use crate::fault::fault;
use crate::mail::{Letter, Template, compose, moment};

impl DraftFlows {
    pub(super) fn draft_started(&self, tag: &str, form: &Form, token: &str, kept_until: Timestamp) -> Letter {
        let language = language(tag);
        let service = self.title(&form.service, form.version, language);
        let link = format!("{}{}/resume/{token}", self.settings.public_url, language.prefix());
        let date = self.day(kept_until, language);
        compose(Template::DraftStarted, language, &[("service", &service), ("link", &link), ("date", &date)])
    }

    pub(super) fn draft_deleted(&self, tag: &str, service: &str, version: u32) -> Letter {
        let language = language(tag);
        compose(Template::DraftDeleted, language, &[("service", &self.title(service, version, language))])
    }

    pub(crate) fn submitted(
        &self,
        application: &Application,
        submission: &Submission<'_>,
        fee: &str,
        now: Timestamp,
    ) -> Letter {
        let language = language(&application.language);
        let link = format!("{}{}/apply/{}/submitted", self.settings.public_url, language.prefix(), application.id);
        let values = [
            ("service", self.title(&application.service, application.version, language)),
            ("time", moment(language, now, &self.settings.zone)),
            ("number", submission.number.to_string()),
            ("steps", self.next_steps(&application.service, application.version, language)),
            ("fee", fee.to_owned()),
            ("address", self.settings.supplement_address.clone()),
            ("link", link),
        ];
        compose(Template::Submitted, language, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
    }

    pub(super) fn day(&self, at: Timestamp, language: Language) -> String {
        format::date(self.settings.zone.to_datetime(at).date(), language)
    }

    /// The service's name in `language`.
    pub(super) fn title(&self, service: &str, version: u32, language: Language) -> String {
        self.library
            .texts(service, version, language.tag())
            .map_or_else(|| service.to_owned(), |texts| texts.title.clone())
    }

    /// What the form says that comes after submitting, a step a line.
    fn next_steps(&self, service: &str, version: u32, language: Language) -> String {
        let texts = self.library.texts(service, version, language.tag());
        let steps = texts.iter().flat_map(|texts| &texts.submitted.next_steps);
        steps.map(|step| step.replace('\n', " ")).collect::<Vec<_>>().join("\n")
    }

    pub(crate) async fn queue(
        &self,
        tx: &Transaction,
        letter: &Letter,
        to: (AccountId, &str),
        application: Option<ApplicationId>,
        now: Timestamp,
    ) -> Result<(), Fault> {
        self.queue_row(tx, letter, to, application, now).await.map_err(fault)?;
        Ok(())
    }

    /// Puts a letter into the outbox of the transaction; answers its message. While it waits it goes
    /// with `application`.
    pub(crate) async fn queue_row(
        &self,
        tx: &Transaction,
        letter: &Letter,
        (account, recipient): (AccountId, &str),
        application: Option<ApplicationId>,
        now: Timestamp,
    ) -> Result<Option<MessageId>, StorageError> {
        let message = NewMessage {
            account: Some(account),
            application,
            channel: Channel::Mail,
            template: letter.template,
            recipient,
            subject: &letter.subject,
            text: &letter.text,
            html: &letter.html,
            language: letter.language.tag(),
            domain: &self.settings.mail_domain,
            due: now,
            dedupe_key: None,
            urgency: letter.urgency,
        };
        tx.message_add(message).await
    }
}

pub(crate) fn language(tag: &str) -> Language {
    Language::from_tag(tag).unwrap_or_default()
}

/// The fee in words for the confirmation; empty where there is none.
pub(crate) fn fee_text(fee: Option<&domain::form::Fee>, tag: &str) -> String {
    let language = language(tag);
    fee.map_or_else(String::new, |fee| format::money(fee.amount.into(), &fee.currency, language))
}
