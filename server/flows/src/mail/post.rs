use domain::ids::{AccountId, ApplicationId};
use i18n::Language;
use storage::messages::{Channel, MessageId, NewMessage};
use storage::{StorageError, Transaction};

use super::Letter;

/// Puts letters into the outbox, and writes the links in them. Links are made from the public
/// address in the settings, never from what a request says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    public_url: String,
    domain: String,
}

/// Who gets a letter, and what it is about.
#[derive(Clone, Copy, Debug)]
pub struct Recipient<'a> {
    pub email: &'a str,
    /// Whose My page lists it.
    pub account: Option<AccountId>,
    /// The draft that it is about: while it waits it is deleted with the draft.
    pub application: Option<ApplicationId>,
    /// A letter with the same key is queued once.
    pub dedupe_key: Option<&'a str>,
}

impl<'a> Recipient<'a> {
    /// An address that nobody has proved to be theirs.
    pub fn stranger(email: &'a str) -> Self {
        Self { email, account: None, application: None, dedupe_key: None }
    }

    pub fn holder(email: &'a str, account: AccountId) -> Self {
        Self { account: Some(account), ..Self::stranger(email) }
    }
}

impl Post {
    /// `public_url` without a path: `https://apply.example.org`.
    pub fn new(public_url: &str) -> Self {
        let public_url = public_url.trim_end_matches('/').to_owned();
        let host = public_url.split_once("://").map_or(public_url.as_str(), |(_, host)| host);
        let host = host.split(['/', '?']).next().unwrap_or(host);
        // Without the port; an IPv6 address keeps its brackets, as RFC 5322 wants them.
        let domain = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => host,
        };
        Self { domain: domain.to_owned(), public_url }
    }

    /// The whole address of a page in a language: `link(Sv, "/login")`.
    pub fn link(&self, language: Language, path: &str) -> String {
        format!("{}{}{path}", self.public_url, language.prefix())
    }

    /// Queues a letter, to be sent once the transaction is committed; `None` when one with the
    /// same key was there.
    pub async fn queue(
        &self,
        tx: &Transaction,
        letter: &Letter,
        to: Recipient<'_>,
    ) -> Result<Option<MessageId>, StorageError> {
        tx.message_add(NewMessage {
            account: to.account,
            application: to.application,
            channel: Channel::Mail,
            template: letter.template,
            recipient: to.email,
            subject: &letter.subject,
            text: &letter.text,
            html: &letter.html,
            language: letter.language.tag(),
            domain: &self.domain,
            due: tx.now(),
            dedupe_key: to.dedupe_key,
            urgency: letter.urgency,
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_on_the_public_address() {
        let post = Post::new("https://apply.example.org/");
        assert_eq!(post.link(Language::Sv, "/login"), "https://apply.example.org/sv/login");
        assert_eq!(post.domain, "apply.example.org");
    }

    #[test]
    fn a_message_id_has_a_host_without_a_port() {
        assert_eq!(Post::new("http://127.0.0.1:3000").domain, "127.0.0.1");
        assert_eq!(Post::new("http://[::1]:3000").domain, "[::1]");
    }
}
