//! E-mail by SMTP: writes a mail as two parts of the same content and hands it to a mail server.

mod address;
mod compose;
mod smtp;

pub use address::{NotASmtpUrl, SmtpUrl};
pub use compose::Sender;
pub use smtp::{MailerError, SmtpMailer};
