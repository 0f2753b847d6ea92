//! E-mail going out.

use async_trait::async_trait;
use jiff::Timestamp;
use thiserror::Error;

/// Hands one e-mail to a mail server.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Returns when the mail server has taken responsibility for the mail. A mail that is given
    /// again, after a crash, carries the same `message_id`, so that the receiving side can tell.
    async fn send(&self, email: &Email) -> Result<(), SendError>;
}

/// One e-mail to one person, with the same content as text and as HTML.
#[derive(Clone, PartialEq, Eq)]
pub struct Email {
    /// Without angle brackets, on our own domain: `4f2a…@apply.example.org`.
    pub message_id: String,
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// The template's name, sent as `X-Lodge-Template`.
    pub template: String,
    /// BCP 47 tag, sent as `Content-Language`.
    pub language: String,
    /// When it was written, which is not when it is sent.
    pub created: Timestamp,
}

/// An address and a subject are personal data and stay out of logs.
impl std::fmt::Debug for Email {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Email")
            .field("message_id", &self.message_id)
            .field("template", &self.template)
            .finish_non_exhaustive()
    }
}

/// The mail was not taken. Says nothing of the address, so it may be logged and stored.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{cause}")]
pub struct SendError {
    /// Trying again cannot help: the address does not exist, or the mail cannot be written.
    pub is_permanent: bool,
    /// For the operator, in a few words.
    pub cause: String,
}
